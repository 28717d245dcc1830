using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

/// <summary>The failures of transfers that the original is known for, by their numbers: here they do not happen. Those that need hosts are in
/// <see cref="RemoteFailureWindowTests"/>.</summary>
public sealed class FailureWindowTests : IDisposable
{
    private readonly LocalWorld _world = new();

    private DiskFacts Recovering => new(0) { RecoverySnapshotFrequency = TimeSpan.Zero };

    [Fact]
    public async Task Window_3_raw_image_with_recovery_snapshots_is_an_error_that_says_so_and_leaves_no_dangling_link()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_world.Image)!);
        File.WriteAllBytes(_world.Image, new byte[4096]);
        StorageException failure = await Assert.ThrowsAsync<StorageException>(
            () => _world.RunAsync("CLONE", [_world.Image, "h:" + _world.Disk, "7", "1"], Recovering, "h"));
        Assert.Equal(StorageErrorCodes.TransferRefused, failure.Code);
        Assert.Contains("must be qcow2", failure.Message, StringComparison.Ordinal);
        Assert.Null(new FileInfo(_world.Disk).LinkTarget);

        // Nor when the image changed after it was looked at.
        File.WriteAllBytes(_world.Disk, new byte[4096]);
        HostException late = await Assert.ThrowsAsync<HostException>(() => _world.RunAsync(new CreateRecoveryBaseStep(_world.Here(_world.Disk))));
        Assert.Contains("not in qcow2 format", late.Message, StringComparison.Ordinal);
        Assert.Equal(4096, new FileInfo(_world.Disk).Length);
        Assert.Null(new FileInfo(_world.Disk).LinkTarget);
    }

    [Fact]
    public void Window_5_reverted_disk_gets_its_new_base_on_the_replica_and_never_shows_a_mixture()
    {
        TransferPlan plan = Planned.Plan(
            "SNAP_REVERT", [Planned.Disk, "4", "7", "0"], Planned.Vm(Planned.WithRecovery), new TransferObservations { IsChain = true });
        Assert.Equal(
            [
                $"check snapshot 4 of {Planned.Disk}", $"remove the recovery snapshots of {Planned.Recovery}",
                    $"revert {Planned.Disk} to snapshot 4, as base of a new overlay",
                $"store {Planned.Disk}.snap/base as base of the recovery snapshots {Planned.Recovery}",
            ],
            plan.Texts());
        StorageException down = Assert.Throws<StorageException>(() => Planned.Plan(
            "SNAP_REVERT", [Planned.Disk, "4", "7", "0"], Planned.Vm(Planned.WithRecovery),
                new TransferObservations { IsChain = true, IsReplicaReachable = false }));
        Assert.Equal(StorageErrorCodes.ReplicaUnavailable, down.Code);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void Window_6_deleted_disk_loses_its_own_recovery_snapshots_whatever_its_datastore(string datastore) => Assert.Equal(
        [$"remove the recovery snapshots of {Planned.Recovery} (if the host can be reached)", $"remove {Planned.Disk}"],
        Planned.Plan("DELETE", [Planned.Disk, "7", datastore]).Texts());

    [Fact]
    public async Task Window_6_disk_of_another_image_is_not_made_of_a_recovery_snapshot_that_was_left()
    {
        LocalWorld.MakeImage(_world.Image, 1);
        await _world.RunAsync("CLONE", [_world.Image, "h:" + _world.Disk, "7", "1"], Recovering, "h");
        File.Copy(_world.Disk + ".snap/base.1", _world.Recovery + ".snap/base.1");
        await _world.RunAsync("DELETE", ["h:" + _world.Disk, "7", "0"]);
        string other = _world["var/datastores/1/def"];
        LocalWorld.MakeImage(other, 2);
        await _world.RunAsync("CLONE", [other, "h:" + _world.Disk, "7", "1"], Recovering, "h");
        LocalWorld.AssertHolds(_world.Disk, 2);
        Assert.False(File.Exists(_world.Recovery + ".snap/base.1"));
    }

    [Fact]
    public void Window_10_replica_that_is_down_fails_neither_clone_nor_snapshot_nor_deletion()
    {
        var down = new TransferObservations { IsReplicaReachable = false };
        Assert.All(
            new[] { Planned.Clone(seen: down), Planned.Plan("SNAP_CREATE", [Planned.Disk, "4", "7", "0"], seen: down),
                Planned.Plan("DELETE", ["h1:/var/lib/one/datastores/0/7", "7", "0"], seen: down) },
            plan => Assert.All(plan.Texts().Where(step => step.Contains("rep:", StringComparison.Ordinal)), step =>
                Assert.EndsWith("(if the host can be reached)", step, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Window_11_base_is_stored_behind_the_copy_and_never_beside_an_older_overlay()
    {
        List<TransferStep> steps = [.. Planned.Clone(Planned.Vm(Planned.WithRecovery)).Steps];
        Assert.True(steps.FindIndex(step => step is StoreRecoveryBaseStep) > steps.FindIndex(step => step is CreateRecoveryBaseStep));

        // An overlay that was left without its base must not meet a new one.
        Directory.CreateDirectory(_world.Recovery + ".snap");
        File.WriteAllText(_world.Recovery + ".snap/base.1", "over another base");
        LocalWorld.MakeImage(_world.Image, 1);
        await _world.RunAsync("CLONE", [_world.Image, "h:" + _world.Disk, "7", "1"], Recovering, "h");
        Assert.True(File.Exists(_world.Recovery + ".snap/base"));
        Assert.False(File.Exists(_world.Recovery + ".snap/base.1"));
    }

    [Fact]
    public void Window_12_deletion_without_an_action_in_the_history_leaves_nothing_to_restore() =>
        Assert.Contains("remove rep:/var/lib/one/datastores/replica_snaps/7", Planned.Plan("DELETE", ["h1:/var/lib/one/datastores/0/7", "7", "0"]).Texts()[0],
            StringComparison.Ordinal);

    public void Dispose() => _world.Dispose();
}
