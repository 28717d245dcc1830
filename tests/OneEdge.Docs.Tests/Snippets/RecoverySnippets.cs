using System.Runtime.Versioning;
using OneEdge.Storage;
using OneEdge.Storage.Recovery;
using OneEdge.Storage.Replicas;
using OneEdge.Testing;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code about recovery snapshots. Hypervisor and replica are this machine, and so is what its ssh reaches.</summary>
[SupportedOSPlatform("linux")]
public sealed class RecoverySnippets : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Snapshots_are_scheduled_taken_listed_and_restored()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hosts run Linux.");
        Tool.Require("rsync", "rsync");
        CancellationToken ct = Token;
        IRemoteHosts hosts = new Hosts();
        IGuestDisks guests = new IdleGuest();
        string datastores = _directory["datastores"], store = _directory["snaps"], vmDirectory = _directory["restored"];
        var replica = new ReplicaOptions { RecoverySnapshotsDirectory = store, SshArguments = [] };
        var ssh = new SshOptions { Program = await LocalShellAsync() };
        await DeployAsync(datastores);

        // <snippet recovery-take>
        RecoveryOptions options = RecoveryOptions.For(replica, ssh) with { KeepGenerations = 3 };   // of the sshrc
        var snapshots = new RecoverySnapshots(guests, hosts.Get("host-1"), hosts.Get, options);     // guests: VirshGuestDisks or QmpGuestDisks
        var agent = new RecoveryAgent(new RecoveryProbe(datastores), snapshots, options);           // all disks with RECOVERY_SNAPSHOT_FREQ

        foreach (RecoveryOutcome outcome in await agent.RunOnceAsync(ct))                           // or RunAsync, which goes on
            Console.WriteLine(outcome.IsSuccess ? $"{outcome.Disk}: {outcome.State.LastSuccess}" : $"{outcome.Disk}: {outcome.Error!.Message}");
        // </snippet>

        // <snippet recovery-schedule>
        RecoveryProbeResult found = await new RecoveryProbe(datastores).FindAsync(ct);
        foreach (RecoveryDisk disk in found.Disks)
        {
            RecoveryState state = await RecoverySnapshots.ReadStateAsync(disk, ct);
            Console.WriteLine($"{disk}: next at {RecoverySchedule.NextAt(disk, state, DateTimeOffset.UtcNow)}");
        }
        // </snippet>
        Assert.Single(found.Disks);

        // <snippet recovery-restore>
        var kept = new RecoveryStore(store);                                                        // on the replica
        foreach (RecoveryChain chain in await kept.ListAsync(cancellationToken: ct)) Console.WriteLine($"{chain} {chain.Size} bytes {chain.Problem}");

        RecoverySelection selection = await kept.FindAsync(vmId: 7, diskId: 0, cancellationToken: ct);   // the newest that is whole to the last byte
        RestorePlan plan = RecoveryRestore.Plan(selection.Chain, "replica", new RestoreTarget("host-2", vmDirectory) { Ssh = ssh });
        Console.Write(plan);
        await foreach (RestoreStep step in RecoveryRestore.RunAsync(plan, hosts, cancellationToken: ct)) Console.WriteLine($"done: {step.Text}");
        // </snippet>
        Assert.Equal(1, selection.Chain.Generation);
        await using Qcow2Image restored = await Qcow2Image.OpenAsync(vmDirectory + "/disk.0", cancellationToken: ct);
        Assert.Equal(1 << 20, restored.Info.VirtualSize);
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>A disk as a deployment leaves it.</summary>
    private static async Task DeployAsync(string datastores)
    {
        string directory = datastores + "/100/7", snap = directory + "/disk.0.snap";
        Directory.CreateDirectory(snap);
        await File.WriteAllTextAsync(datastores + "/100/.monitor", "ssh", Token);
        await File.WriteAllTextAsync(
            directory + "/ds.xml", "<DATASTORE><TEMPLATE><REPLICA_HOST>replica</REPLICA_HOST></TEMPLATE></DATASTORE>", Token);
        await File.WriteAllTextAsync(
            directory + "/vm.xml",
            "<VM><ID>7</ID><TEMPLATE><DISK><DISK_ID>0</DISK_ID><RECOVERY_SNAPSHOT_FREQ>60</RECOVERY_SNAPSHOT_FREQ></DISK></TEMPLATE></VM>", Token);
        await Qcow2Image.CreateAsync(snap + "/base", 1 << 20, cancellationToken: Token);
        File.CreateSymbolicLink(snap + "/disk.0.snap", ".");
        await Qcow2Image.CreateOverlayAsync(
            snap + "/base.1", "disk.0.snap/base", new() { OpensBacking = false, VirtualSize = 1 << 20 }, Token);
        File.CreateSymbolicLink(directory + "/disk.0", "disk.0.snap/base.1");
    }

    /// <summary>What takes the place of ssh: runs the command on this machine.</summary>
    private async Task<string> LocalShellAsync()
    {
        string file = _directory["ssh"];
        await File.WriteAllTextAsync(file, "#!/bin/sh\nwhile [ \"${1#-}\" != \"$1\" ]; do shift; done\nshift\nexec sh -c \"$*\"\n", Token);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    private sealed class Hosts : IRemoteHosts
    {
        public IRemoteHost Get(string name) => new LocalHost(name);
    }

    /// <summary>A guest that runs and writes nothing.</summary>
    private sealed class IdleGuest : IGuestDisks
    {
        public Task<GuestDiskStatus> GetStatusAsync(RecoveryDisk disk, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GuestDiskStatus(GuestDiskLayer.Overlay, disk.OverlayFile));

        public Task<bool> FreezeAsync(RecoveryDisk disk, CancellationToken cancellationToken = default) => Task.FromResult(true);

        public Task CommitAsync(RecoveryDisk disk, CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
