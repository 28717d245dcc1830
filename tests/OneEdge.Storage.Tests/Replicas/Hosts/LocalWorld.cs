using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

/// <summary>One host, this one, that is front-end, hypervisor and replica at once, with paths below a directory.</summary>
internal sealed class LocalWorld : IRemoteHosts, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public LocalWorld()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hosts run Linux.");
        Tool.Require("qemu-img", "qemu-utils");
        Settings = new TransferSettings
        {
            FrontEnd = "h",
            OneLocation = _directory.Path,
            Replica = new ReplicaOptions { RecoverySnapshotsDirectory = _directory["snaps"] }
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Disk)!);
        Directory.CreateDirectory(Path.GetDirectoryName(Image)!);
    }

    public TransferSettings Settings { get; }

    public string Disk => _directory["var/datastores/0/7/disk.0"];

    public string Image => _directory["var/datastores/1/abc"];

    public string Recovery => _directory["snaps/7/disk.0"];

    public string this[string name] => _directory[name];

    public IRemoteHost Get(string name) => new LocalHost(name);

    public async Task<List<TransferEvent>> RunAsync(string action, string[] words, DiskFacts? disk = null, string? replica = null, VmFacts? vm = null)
    {
        var facts = new TransferFacts(
            (vm ?? new VmFacts(7)) with { SystemDatastoreId = 0, Disks = disk is null ? [] : [disk] })
        { Datastores = [new DatastoreFacts(0, replica)] };
        var driver = new TransferManager(this, Settings, new FileTransferJournal(_directory["journal"]));
        List<TransferEvent> events = [];
        await foreach (TransferEvent item in driver.RunAsync(driver.Parse(action, words, facts), TestContext.Current.CancellationToken)) events.Add(item);
        return events;
    }

    public Task RunAsync(TransferStep step)
    {
        (HostPath where, HostScript script) = StepScripts.Of(step);
        return Get(where.Host).RunAsync(script, TestContext.Current.CancellationToken);
    }

    public HostPath Here(string path) => new("h", path);

    /// <summary>Makes a qcow2 image of 4 MiB whose first 64 KiB have one value.</summary>
    public static void MakeImage(string path, byte value)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        ReplicaWorld.Run("qemu-img", "create", "-q", "-f", "qcow2", path, "4M");
        Write(path, value);
    }

    public static void Write(string path, byte value) => ReplicaWorld.Run("qemu-io", "-f", "qcow2", "-c", $"write -P {value} 0 64k", path);

    /// <summary>Whether the guest of an image finds a value in its first 64 KiB.</summary>
    public static void AssertHolds(string path, byte value)
    {
        string output = ReplicaWorld.Run("qemu-io", "-f", "qcow2", "-r", "-c", $"read -P {value} 0 64k", path);
        Assert.DoesNotContain("Pattern verification failed", output, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();
}
