using System.Runtime.Versioning;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

[SupportedOSPlatform("linux")]
public sealed class RestoreTests : IDisposable
{
    private const string Host = "node2";
    private readonly RecoveryWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("vms/7")]
    [InlineData("a b/$(touch x)`id`'\"*/;7")]
    [InlineData("-n/\\ é 日本/7")]
    public async Task Restored_disk_has_the_layout_of_a_deployment_and_the_bytes_of_the_snapshot(string directory)
    {
        _world.Ssh.Start(Host);
        _world.Write(_world.Disk, "write -P 2 1M 1M");
        await _world.TakeAsync();
        byte[] expected = await RecoveryWorld.GuestBytesAsync(_world.There.Disk);
        RestorePlan plan = await PlanAsync(directory);
        await RecoveryWorld.RunAsync(plan, _world.ReplicaHost, NewHost);

        var there = DiskFiles.In(plan.Target.VmDirectory, 0);
        Assert.Equal(expected, await RecoveryWorld.GuestBytesAsync(there.Disk));
        Assert.Equal("disk.0.snap/base.1", new FileInfo(there.Disk).LinkTarget);
        Assert.Equal(".", new FileInfo($"{there.SnapshotDirectory}/disk.0.snap").LinkTarget);
        Assert.Equal(["disk.0", "disk.0.snap"], Directory.EnumerateFileSystemEntries(plan.Target.VmDirectory).Select(Path.GetFileName).Order());
        Assert.Equal(["base", "base.1", "disk.0.snap"], Directory.EnumerateFileSystemEntries(there.SnapshotDirectory).Select(Path.GetFileName).Order());
        _world.Images.Img("check", "-q", there.Disk);
        _world.Images.Img("check", "-q", there.Overlay);
        // Snapshots go on from there.
        RecoveryDisk disk = _world.Disk with { VmDirectory = plan.Target.VmDirectory };
        Assert.Equal(2, (await _world.TakeAsync(disk)).State.Generation);
    }

    [Fact]
    public async Task Plan_is_a_list_of_steps_for_people()
    {
        await _world.TakeAsync();
        RestorePlan plan = await PlanAsync("vms/7");
        string[] lines = plan.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        Assert.Matches(@"^Restore disk 0 of VM 7, generation 1, of .*Z from 'replica' to '.*/vms/7' on 'node2'$", lines[0]);
        Assert.StartsWith("  1. on node2: make room", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("  2. on replica: copy ", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("  5. on node2: give them their names", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disk_that_is_there_is_replaced_only_when_asked()
    {
        _world.Ssh.Start(Host);
        await _world.TakeAsync();
        RestorePlan plan = await PlanAsync("vms/7");
        await RecoveryWorld.RunAsync(plan, _world.ReplicaHost, NewHost);
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => RecoveryWorld.RunAsync(plan, _world.ReplicaHost, NewHost));
        Assert.Contains("is there already", failure.Message, StringComparison.Ordinal);

        _world.Write(_world.Disk, "write -P 4 1M 1M");
        await _world.TakeAsync();
        RestorePlan again = await PlanAsync("vms/7", replaces: true);
        await RecoveryWorld.RunAsync(again, _world.ReplicaHost, NewHost);
        Assert.Equal(4, (await RecoveryWorld.GuestBytesAsync(DiskFiles.In(again.Target.VmDirectory, 0).Disk))[1 << 20]);
    }

    [Fact]
    public async Task Snapshot_that_changed_since_the_plan_does_not_become_a_disk()
    {
        _world.Ssh.Start(Host);
        await _world.TakeAsync();
        RestorePlan plan = await PlanAsync("vms/7");
        using (FileStream stream = File.Open(plan.Chain.Files.Overlay, FileMode.Append)) stream.WriteByte(1);
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => RecoveryWorld.RunAsync(plan, _world.ReplicaHost, NewHost));
        Assert.Equal(StorageErrorCodes.TransferCorrupt, failure.Code);
        Assert.Equal([".restore.disk.0"], Directory.EnumerateFileSystemEntries(plan.Target.VmDirectory).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Restore_that_was_interrupted_is_carried_out_again(int steps)
    {
        _world.Ssh.Start(Host);
        await _world.TakeAsync();
        RestorePlan plan = await PlanAsync("vms/7");
        await RecoveryWorld.RunAsync(plan with { Steps = [.. plan.Steps.Take(steps)] }, _world.ReplicaHost, NewHost);
        Assert.False(File.Exists($"{plan.Target.VmDirectory}/disk.0"));
        await RecoveryWorld.RunAsync(plan, _world.ReplicaHost, NewHost);
        Assert.Equal(await RecoveryWorld.GuestBytesAsync(_world.There.Disk), await RecoveryWorld.GuestBytesAsync($"{plan.Target.VmDirectory}/disk.0"));
    }

    [Fact]
    public async Task Replica_restores_to_itself_without_a_connection()
    {
        await _world.TakeAsync();
        RecoverySelection selection = await _world.Store.FindAsync(7, 0, null, Token);
        RestorePlan plan = RecoveryRestore.Plan(selection.Chain, "here", new RestoreTarget("here", Path.Combine(_world.Directory, "vms/7")));
        var here = new LocalHost("here");
        await RecoveryWorld.RunAsync(plan, here, here);
        Assert.Equal(await RecoveryWorld.GuestBytesAsync(_world.There.Disk), await RecoveryWorld.GuestBytesAsync($"{plan.Target.VmDirectory}/disk.0"));
    }

    [Fact]
    public async Task Host_that_is_down_is_told_of()
    {
        await _world.TakeAsync();
        RestorePlan plan = await PlanAsync("vms/7");
        HostException failure = await Assert.ThrowsAsync<HostException>(() => RecoveryWorld.RunAsync(plan, _world.ReplicaHost, NewHost));
        Assert.Equal(StorageErrorCodes.HostUnreachable, failure.Code);
    }

    [Fact]
    public async Task Plan_needs_a_verified_chain_and_names_of_hosts()
    {
        await _world.TakeAsync();
        RecoveryChain chain = (await _world.Store.FindAsync(7, 0, null, Token)).Chain;
        Assert.Throws<ArgumentException>(() => RecoveryRestore.Plan(chain with { Problem = "no" }, "r", new RestoreTarget("h", "/x")));
        Assert.Throws<ArgumentException>(() => RecoveryRestore.Plan(chain, "r", new RestoreTarget("-oProxyCommand=id", "/x")));
        Assert.Throws<ArgumentException>(() => RecoveryRestore.Plan(chain, "r", new RestoreTarget("h", "x")));
    }

    public void Dispose() => _world.Dispose();

    private SshHost NewHost => new(Host, _world.Options.Ssh);

    private async Task<RestorePlan> PlanAsync(string directory, bool replaces = false)
    {
        RecoverySelection selection = await _world.Store.FindAsync(7, 0, null, Token);
        return RecoveryRestore.Plan(
            selection.Chain, RecoveryWorld.Replica, new RestoreTarget(Host, Path.Combine(_world.Directory, directory))
            {
                Ssh = _world.Options.Ssh,
                ReplacesExisting = replaces
            });
    }
}
