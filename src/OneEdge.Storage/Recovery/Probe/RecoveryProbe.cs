using System.Globalization;
using System.Text;
using OneEdge.Files;

namespace OneEdge.Storage.Recovery;

/// <summary>
/// Finds the disks of a hypervisor of which snapshots are wanted, by the files that deployments leave: as the probe of the original does, but nothing it finds
/// can stop it.
/// </summary>
public sealed class RecoveryProbe
{
    private const string Mad = "ssh";
    private const int MaxMonitorBytes = 64;

    private readonly string _location;

    /// <summary>Names the place.</summary>
    /// <param name="location">The directory of the datastores: <c>DATASTORE_LOCATION</c>, absolute.</param>
    public RecoveryProbe(string location = "/var/lib/one/datastores")
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        if (!Path.IsPathRooted(location)) throw new ArgumentException("The directory of the datastores must be absolute.", nameof(location));
        _location = Path.TrimEndingDirectorySeparator(Path.GetFullPath(location));
    }

    /// <summary>Walks the datastores.</summary>
    /// <param name="cancellationToken">Stops between two virtual machines.</param>
    /// <returns>The disks, and what is wrong with others.</returns>
    public async Task<RecoveryProbeResult> FindAsync(CancellationToken cancellationToken = default)
    {
        List<RecoveryDisk> disks = [];
        List<RecoveryProblem> problems = [];
        foreach (int datastore in Numbers(_location))
        {
            string directory = string.Create(CultureInfo.InvariantCulture, $"{_location}/{datastore}");
            if (!await IsOursAsync(directory, cancellationToken).ConfigureAwait(false)) continue;
            foreach (int vm in Numbers(directory))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await LookAsync(directory, vm, disks, problems, cancellationToken).ConfigureAwait(false);
            }
        }

        return new RecoveryProbeResult([.. disks.OrderBy(disk => disk.VmId).ThenBy(disk => disk.DiskId)], problems);
    }

    // Real directories with the name of a number; links could lead anywhere.
    private static IEnumerable<int> Numbers(string directory)
    {
        var info = new DirectoryInfo(directory);
        if (!info.Exists) return [];
        return info.EnumerateDirectories().Where(item => item.LinkTarget is null).Select(item => NumberOf(item.Name)).OfType<int>().Order();
    }

    private static int? NumberOf(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number.ToString(CultureInfo.InvariantCulture) == name
            ? number : null;

    private static async Task<bool> IsOursAsync(string directory, CancellationToken cancellationToken) =>
        await TryReadAsync(directory, ".monitor", MaxMonitorBytes, cancellationToken).ConfigureAwait(false) is { } word
            && Encoding.UTF8.GetString(word).Trim() == Mad;

    private static async Task<byte[]?> TryReadAsync(string directory, string name, int maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            return await new SandboxRoot(directory).ReadFileAsync(name, maxBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException || (name == ".monitor"
            && e is PathRefusedException or IOException or UnauthorizedAccessException))
        {
            return null;
        }
    }

    private static async Task LookAsync(string datastore, int vm, List<RecoveryDisk> disks, List<RecoveryProblem> problems, CancellationToken cancellationToken)
    {
        string directory = DatastoreLayout.VmDirectory(datastore, vm);
        try
        {
            byte[]? vmXml = await TryReadAsync(directory, "vm.xml", DeploymentFiles.MaxBytes, cancellationToken).ConfigureAwait(false);
            byte[]? dsXml = await TryReadAsync(directory, "ds.xml", DeploymentFiles.MaxBytes, cancellationToken).ConfigureAwait(false);
            if (vmXml is null || dsXml is null || DeploymentFiles.ReadReplicaHost(dsXml, directory + "/ds.xml") is not { } replica) return;
            (int id, IReadOnlyList<(int DiskId, TimeSpan Frequency)> wanted) = DeploymentFiles.ReadVm(vmXml, directory + "/vm.xml");
            if (id != vm) throw new StorageException(StorageErrorCodes.DeploymentFile, $"{directory}/vm.xml: it is of VM {id}.");
            foreach ((int diskId, TimeSpan frequency) in wanted)
            {
                var disk = new RecoveryDisk { VmId = vm, DiskId = diskId, Frequency = frequency, ReplicaHost = replica, VmDirectory = directory };
                // A disk that was detached since, or never deployed so, is nobody's fault; one that cannot have snapshots is told of when they are tried.
                if (Exists(disk.File)) disks.Add(disk);
            }
        }
        catch (Exception e) when (e is OneEdgeException or IOException or UnauthorizedAccessException)
        {
            problems.Add(new RecoveryProblem(vm, e.Message));
        }
    }

    private static bool Exists(string file) => File.Exists(file) || new FileInfo(file).LinkTarget is not null;
}
