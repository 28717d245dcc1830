using System.Globalization;
using System.Xml;

namespace OneEdge.Storage.Recovery;

/// <summary>Reads what the probe needs from <c>vm.xml</c> and <c>ds.xml</c>, which the deployment left in the directory of a virtual machine.</summary>
internal static class DeploymentFiles
{
    /// <summary>The largest file that is read.</summary>
    public const int MaxBytes = 4 << 20;

    private const string Disk = "VM/TEMPLATE/DISK";
    private const int MaxDepth = 64;
    private const int MaxDisks = 1024;
    private static readonly TimeSpan LongestFrequency = TimeSpan.FromDays(3650);

    /// <summary>The number of the machine and, by disk, the text of its frequency.</summary>
    /// <exception cref="StorageException">The file is malformed.</exception>
    public static (int VmId, IReadOnlyList<(int DiskId, TimeSpan Frequency)> Disks) ReadVm(byte[] content, string file)
    {
        int? vm = null;
        List<(string? Id, string? Frequency)> disks = [];
        Walk(content, file, (path, text) =>
        {
            switch (path)
            {
                case "VM/ID": vm = Number(text, file, "VM/ID"); break;
                case Disk: disks.Add((null, null)); break;
                case "VM/TEMPLATE/DISK/DISK_ID": disks[^1] = disks[^1] with { Id = text }; break;
                case "VM/TEMPLATE/DISK/RECOVERY_SNAPSHOT_FREQ": disks[^1] = disks[^1] with { Frequency = text }; break;
            }

            if (disks.Count > MaxDisks) throw Malformed(file, $"there are more than {MaxDisks} disks");
        });
        List<(int, TimeSpan)> found = [];
        foreach ((string? id, string? frequency) in disks.Where(disk => !string.IsNullOrWhiteSpace(disk.Frequency)))
        {
            int number = Number(id ?? "", file, "DISK_ID");
            if (found.Exists(disk => disk.Item1 == number)) throw Malformed(file, $"the disk {number} is there twice");
            found.Add((number, TimeSpan.FromSeconds(Number(frequency!, file, "RECOVERY_SNAPSHOT_FREQ"))));
            if (found[^1].Item2 > LongestFrequency) throw Malformed(file, "RECOVERY_SNAPSHOT_FREQ is longer than ten years");
        }

        return (vm ?? throw Malformed(file, "VM/ID is missing"), found);
    }

    /// <summary>The replica of the system datastore; <see langword="null"/> without one.</summary>
    /// <exception cref="StorageException">The file is malformed, or the name is none of a host.</exception>
    public static string? ReadReplicaHost(byte[] content, string file)
    {
        string? host = null;
        Walk(content, file, (path, text) =>
        {
            if (path == "DATASTORE/TEMPLATE/REPLICA_HOST" && text.Trim().Length > 0) host = text.Trim();
        });
        if (host is not null && !SshHost.IsHostName(host)) throw Malformed(file, "REPLICA_HOST is no name of a host");
        return host;
    }

    // A disk comes when its element opens, everything else with its text.
    private static void Walk(byte[] content, string file, Action<string, string> visit)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true
        };
        try
        {
            using var stream = new MemoryStream(content);
            using XmlReader reader = XmlReader.Create(stream, settings);
            List<string> path = [];
            while (reader.Read())
            {
                switch (reader.NodeType)
                {
                    case XmlNodeType.Element:
                        if (reader.Depth >= MaxDepth) throw Malformed(file, $"elements are nested more than {MaxDepth} deep");
                        path.RemoveRange(reader.Depth, path.Count - reader.Depth);
                        path.Add(reader.LocalName);
                        if (path.Count == 3 && string.Join('/', path) is Disk) visit(Disk, "");
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA when path.Count >= reader.Depth && reader.Depth <= 4:
                        visit(string.Join('/', path.Take(reader.Depth)), reader.Value);
                        break;
                }
            }
        }
        catch (XmlException e)
        {
            throw new StorageException(StorageErrorCodes.DeploymentFile, $"{file}({e.LineNumber},{e.LinePosition}): {e.Message}", e);
        }
    }

    private static int Number(string text, string file, string name) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw Malformed(file, $"{name} is '{(text.Length > 40 ? text[..40] + "…" : text)}' instead of a number");

    private static StorageException Malformed(string file, string reason) => new(StorageErrorCodes.DeploymentFile, $"{file}: {reason}.");
}
