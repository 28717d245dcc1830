using OneEdge.Storage.Recovery;
using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

/// <summary>A number of a disk goes to another disk: nothing ever brings the bytes of the former one back.</summary>
public sealed class FormerDiskTests : IDisposable
{
    private const int Attaching = 17;

    private readonly ReplicaWorld _world = new();

    [Theory]
    [InlineData("0b2c", true)]
    [InlineData("0a1b", true)]
    [InlineData("0b2c", false)]
    [InlineData("0a1b", false)]
    public async Task Attached_disk_is_its_image_and_no_restore_finds_the_former_disk(string attached, bool hasRecovery)
    {
        await SnapshotsOfAFormerDiskAsync();
        string image = _world.Image(attached);
        if (!File.Exists(image)) _world.WriteQcow2(image, 4, 9);
        await AttachAsync(image, hasRecovery ? ReplicaWorld.WithRecovery() : new DiskFacts(0));
        ReplicaWorld.Run("qemu-img", "compare", image, _world.On("h1", _world.Disk(7)));
        await AssertNothingToRestoreAsync();
        if (hasRecovery) Assert.Equal(File.ReadAllBytes(image), File.ReadAllBytes(_world.On("replica", _world.Recovery(7)) + ".snap/base"));

        // And again when the hypervisor dies before the first snapshot.
        _world.Kill("h1");
        await _world.CloneAsync(7, "h2", image, hasRecovery ? ReplicaWorld.WithRecovery() : new DiskFacts(0));
        ReplicaWorld.Run("qemu-img", "compare", image, _world.On("h2", _world.Disk(7)));
    }

    [Fact]
    public async Task Volatile_disk_takes_the_number_and_no_restore_finds_the_former_disk()
    {
        await SnapshotsOfAFormerDiskAsync();
        await _world.RunAsync(ReplicaWorld.Facts(7), "MKIMAGE", "4", "raw", $"h1:{_world.Disk(7)}", "7", "0");
        await AssertNothingToRestoreAsync();
    }

    [Fact]
    public async Task Disk_with_snapshots_is_not_attached_while_nobody_knows_what_the_replica_has()
    {
        string image = _world.WriteQcow2(_world.Image(), 4, 2);
        _world.Kill("replica");
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => AttachAsync(image, ReplicaWorld.WithRecovery()));
        Assert.Equal(StorageErrorCodes.ReplicaUnavailable, failure.Code);
        await AttachAsync(image, new DiskFacts(0));
    }

    [Fact]
    public async Task Moved_machine_keeps_the_snapshots_of_its_disks()
    {
        await SnapshotsOfAFormerDiskAsync();
        string directory = Path.GetDirectoryName(_world.Disk(7))!;
        await _world.RunAsync(ReplicaWorld.Facts(7, ReplicaWorld.WithRecovery()), "MV", $"h1:{directory}", $"h2:{directory}", "7", "0");
        Assert.Equal(2, (await Store().ListAsync(7, ReplicaWorld.Token)).Count);
        Assert.True(File.Exists($"{_world.On("h2", directory)}/.recovery.disk.0.new"));
    }

    public void Dispose() => _world.Dispose();

    private RecoveryStore Store() => new(_world.On("replica", _world.Datastores + "/replica_snaps"));

    private Task AttachAsync(string image, DiskFacts disk)
    {
        TransferFacts facts = ReplicaWorld.Facts(7, disk);
        return _world.RunAsync(facts with { Vm = facts.Vm with { LcmState = Attaching } }, "CLONE", image, $"h1:{_world.Disk(7)}", "7", "1");
    }

    private async Task AssertNothingToRestoreAsync()
    {
        Assert.Empty(await Store().ListAsync(7, ReplicaWorld.Token));
        await Assert.ThrowsAsync<StorageException>(() => Store().FindAsync(7, 0, null, ReplicaWorld.Token));
    }

    /// <summary>Machine 7 on h1 has a disk 0 with two snapshots on the replica, one of them a generation alone.</summary>
    private async Task SnapshotsOfAFormerDiskAsync()
    {
        string image = _world.WriteQcow2(_world.Image(), 4, 2);
        await _world.CloneAsync(7, "h1", image, ReplicaWorld.WithRecovery());
        string disk = _world.On("h1", _world.Disk(7));
        ReplicaWorld.Run("qemu-io", "-c", "write -P 0x5a 0 64k", disk);
        DiskFiles there = new(_world.On("replica", _world.Recovery(7)));
        DiskFiles generation = there.Generation(1);
        Directory.CreateDirectory(generation.SnapshotDirectory);
        File.Copy(there.Base, generation.Base);
        File.Copy(disk + ".snap/base.1", generation.Overlay);
        File.CreateSymbolicLink(generation.Disk, generation.LinkTarget);
        File.Copy(disk + ".snap/base.1", there.Overlay);
        Assert.Equal(2, (await Store().ListAsync(7, ReplicaWorld.Token)).Count);
    }
}
