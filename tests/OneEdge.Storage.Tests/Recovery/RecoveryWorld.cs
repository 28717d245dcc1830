using System.Runtime.Versioning;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

/// <summary>A hypervisor of this process with one disk, and a replica behind a real SSH server.</summary>
[SupportedOSPlatform("linux")]
internal sealed class RecoveryWorld : IDisposable
{
    public const string Replica = "replica";

    private readonly TemporaryDirectory _directory = new();
    private readonly SshWorld _ssh;

    public RecoveryWorld(string diskSize = "8M")
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs sshd and qemu.");
        Tool.Require("rsync", "rsync");
        _ssh = new SshWorld(Path.Combine(_directory.Path, "ssh"));
        _ssh.Start(Replica);
        Images = new QemuImages(_directory);
        Disk = MakeDisk(7, 0, diskSize);
        Options = new RecoveryOptions
        {
            StoreDirectory = Path.Combine(_directory.Path, "replica snaps"),
            Ssh = new SshOptions { ConfigFile = _ssh.ConfigFile },
            TransferRetryDelay = TimeSpan.FromMilliseconds(10),
        };
        Guests = new ImageGuests(Images);
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public QemuImages Images { get; }

    public RecoveryDisk Disk { get; }

    public RecoveryOptions Options { get; set; }

    public ImageGuests Guests { get; }

    public RecoverySnapshots Snapshots => new(Guests, new LocalHost("here"), null, Options);

    public RecoveryStore Store => new(Options.StoreDirectory);

    public SshWorld Ssh => _ssh;

    public string Directory => _directory.Path;

    /// <summary>Where the snapshots of the disk lie on the replica.</summary>
    public DiskFiles There => DiskFiles.In(DatastoreLayout.VmDirectory(Options.StoreDirectory, Disk.VmId), Disk.DiskId);

    public IRemoteHost ReplicaHost => new SshHost(Replica, Options.Ssh);

    /// <summary>A disk as a deployment leaves it.</summary>
    public RecoveryDisk MakeDisk(int vm, int number, string size = "8M", int frequency = 60)
    {
        var disk = new RecoveryDisk
        {
            VmId = vm,
            DiskId = number,
            Frequency = TimeSpan.FromSeconds(frequency),
            ReplicaHost = Replica,
            VmDirectory = Path.Combine(_directory.Path,
                "datastores", "100", $"{vm}"),
        };
        System.IO.Directory.CreateDirectory(disk.Files.SnapshotDirectory);
        Images.Img("create", "-q", "-f", "qcow2", disk.BaseFile, size);
        Images.Io(disk.BaseFile, ["write -P 1 0 1M"]);
        MakeOverlay(disk);
        return disk;
    }

    public void MakeOverlay(RecoveryDisk disk)
    {
        System.IO.Directory.CreateSymbolicLink($"{disk.Files.SnapshotDirectory}/{disk.Name}.snap", ".");
        Images.Img("create", "-q", "-f", "qcow2", "-F", "qcow2", "-u", "-b", $"{disk.Name}.snap/base", disk.OverlayFile, "8M");
        File.CreateSymbolicLink(disk.File, disk.Files.LinkTarget);
    }

    /// <summary>The guest writes.</summary>
    public void Write(RecoveryDisk disk, params string[] commands) => Guests.Write(disk, commands);

    /// <summary>Takes a snapshot that must succeed.</summary>
    public async Task<RecoveryOutcome> TakeAsync(RecoveryDisk? disk = null)
    {
        RecoveryOutcome outcome = await Snapshots.TakeAsync(disk ?? Disk, Token);
        Assert.True(outcome.IsSuccess, outcome.Error?.ToString());
        return outcome;
    }

    /// <summary>What a guest of a chain sees.</summary>
    public static async Task<byte[]> GuestBytesAsync(string file)
    {
        await using Qcow2Image image = await Qcow2Image.OpenAsync(file, new Qcow2OpenOptions { IgnoresLocks = true }, Token);
        using var bytes = new MemoryStream();
        await using Stream guest = image.OpenGuestStream();
        await guest.CopyToAsync(bytes, Token);
        return bytes.ToArray();
    }

    /// <summary>Runs a plan to its end.</summary>
    public static async Task RunAsync(RestorePlan plan, IRemoteHost replica, IRemoteHost hypervisor)
    {
        List<RestoreStep> done = [];
        await foreach (RestoreStep step in RecoveryRestore.RunAsync(plan, replica, hypervisor, Token)) done.Add(step);
        Assert.Equal(plan.Steps, done);
    }

    public void Dispose()
    {
        _ssh.Dispose();
        _directory.Dispose();
    }
}
