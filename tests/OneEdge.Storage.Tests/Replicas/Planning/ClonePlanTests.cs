using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

public sealed class ClonePlanTests
{
    private const string Directory = "make directory h1:/var/lib/one/datastores/0/7";
    private const string Monitor = "mark h1:/var/lib/one/datastores/0 for monitoring as ssh";
    private const string Cached = "rep:/var/lib/one/datastores/1/abc";

    [Fact]
    public void Without_a_replica_the_image_goes_straight_to_the_hypervisor()
    {
        TransferPlan plan = Planned.Clone(replica: null);
        Assert.Equal([Directory, Monitor, $"copy {Planned.Image} with its snapshots to {Planned.Disk} by h1"], plan.Texts());
        Assert.Null(plan.ReplicaHost);
    }

    [Fact]
    public void Without_a_replica_recovery_snapshots_are_not_prepared() =>
        Assert.DoesNotContain(Planned.Clone(Planned.Vm(Planned.WithRecovery), replica: "").Steps, step => step is CreateRecoveryBaseStep);

    [Theory]
    [InlineData(10L, 20L, true, "resize h1:/var/lib/one/datastores/0/7/disk.0 to 20 MiB")]
    [InlineData(10L, 20L, false, "resize h1:/var/lib/one/datastores/0/7/disk.0 to 20 MiB, allocated")]
    [InlineData(20L, 20L, true, null)]
    [InlineData(20L, 10L, true, null)]
    [InlineData(null, 20L, true, null)]
    public void Disk_grows_when_it_is_larger_than_its_image(long? original, long size, bool sparse, string? expected)
    {
        string[] steps = Planned.Clone(Planned.Vm(new DiskFacts(0) { OriginalSizeMb = original, SizeMb = size, Sparse = sparse }), replica: null).Texts();
        Assert.Equal(expected, steps.SingleOrDefault(step => step.StartsWith("resize", StringComparison.Ordinal)));
        Assert.Equal(!sparse, steps[2].EndsWith("without holes", StringComparison.Ordinal));
    }

    [Fact]
    public void With_a_replica_the_image_goes_through_its_cache()
    {
        TransferPlan plan = Planned.Clone(Planned.Vm(new DiskFacts(0) { OriginalSizeMb = 1, SizeMb = 2, Sparse = false }));
        Assert.Equal(
            [
                Directory, Monitor, $"bring {Planned.Image} to the cache of replica rep", $"copy {Cached} with its snapshots to {Planned.Disk} by h1",
                "resize h1:/var/lib/one/datastores/0/7/disk.0 to 2 MiB",
            ],
            plan.Texts());
        Assert.Equal(("rep", Planned.Disk), (plan.ReplicaHost, plan.Subject?.ToString()));
    }

    [Fact]
    public void Ways_have_the_options_and_addresses_of_the_replica()
    {
        var settings =
            Planned.Settings with { SshArguments = ["-F", "x"], Replica = new ReplicaOptions { SshArguments = ["-c", "y"], FrontEndSshArguments = ["-C"] } };
        var facts = new TransferFacts(
            Planned.Vm())
        { Datastores = [new DatastoreFacts(0, "rep")], Hosts = [new HostFacts("h1", "10.0.0.1"), new HostFacts("rep", "10.0.0.9")] };
        TransferRequest request = TransferArguments.Parse(TransferAction.Clone, [Planned.Image, Planned.Disk, "7", "1"], facts, "fe");
        TransferPlan plan = TransferPlanner.Plan(request, new TransferObservations(), settings);
        CopyDiskStep copy = plan.Steps.OfType<CopyDiskStep>().Single();
        Assert.Equal("10.0.0.1", copy.Route!.Address);
        Assert.Equal(["-F", "x", "-c", "y"], copy.Route.SshArguments);
        SyncToReplicaStep sync = plan.Steps.OfType<SyncToReplicaStep>().Single();
        Assert.Equal("rep", sync.Replica.Address);
        Assert.Equal(["-F", "x", "-C"], sync.Replica.SshArguments);
    }

    [Fact]
    public void Disk_with_recovery_snapshots_becomes_an_overlay_before_it_grows()
    {
        string[] steps = Planned.Clone(Planned.Vm(Planned.WithRecovery with { OriginalSizeMb = 1, SizeMb = 2 })).Texts();
        Assert.Equal(
            [
                $"make {Planned.Disk} an overlay over base", $"store {Cached} as base of the recovery snapshots {Planned.Recovery}",
                "resize h1:/var/lib/one/datastores/0/7/disk.0 to 2 MiB",
            ],
            steps[4..]);
    }

    [Fact]
    public void Replica_that_is_the_hypervisor_copies_on_its_own_disk() =>
        Assert.All(Planned.Clone(host: "rep").Steps.OfType<CopyDiskStep>(), copy => Assert.Null(copy.Route));

    [Fact]
    public void Image_that_lies_on_the_replica_is_not_brought_there()
    {
        TransferPlan plan = Planned.Plan("clone", ["rep:/var/lib/one/datastores/1/abc", Planned.Disk, "7", "1"]);
        Assert.DoesNotContain(plan.Steps, step => step is SyncToReplicaStep);
        Assert.Null(plan.Steps.OfType<CopyDiskStep>().Single().CachedImage);
    }

    [Fact]
    public void Recovery_snapshot_is_restored_without_the_image_and_does_not_grow()
    {
        TransferPlan plan = Planned.Clone(
            Planned.Vm(Planned.WithRecovery with { OriginalSizeMb = 1, SizeMb = 2 }), new TransferObservations { HasRecoverySnapshot = true });
        Assert.Equal([Directory, Monitor, $"copy overlay and base of {Planned.Recovery} with its snapshots to {Planned.Disk} by h1"], plan.Texts());
        Assert.Contains("restored", plan.Notes.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Replica_that_fails_is_gone_round(bool isDown)
    {
        TransferPlan plan = Planned.Clone(seen: new TransferObservations { IsReplicaReachable = !isDown, IsCacheUnusable = true });
        Assert.Equal($"copy {Planned.Image} with its snapshots to {Planned.Disk} by h1", plan.Texts()[2]);
        Assert.Contains("directly", plan.Notes.Single(), StringComparison.Ordinal);
        Assert.Null(plan.ReplicaHost);
    }

    [Fact]
    public void Disk_with_recovery_snapshots_is_an_overlay_also_when_the_replica_is_down()
    {
        TransferPlan plan = Planned.Clone(Planned.Vm(Planned.WithRecovery), new TransferObservations { IsReplicaReachable = false });
        Assert.Contains($"make {Planned.Disk} an overlay over base", plan.Texts());
        Assert.DoesNotContain(plan.Steps, step => step is StoreRecoveryBaseStep);
        Assert.Contains("no base of disk 0", plan.Notes.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("disk.0.x")]
    [InlineData("disk.0x")]
    public void Overlay_must_have_the_name_of_a_disk(string name) => Assert.Equal(
        StorageErrorCodes.TransferArguments,
        Assert.Throws<StorageException>(
            () => Planned.Plan("CLONE", [Planned.Image, $"h1:/var/lib/one/datastores/0/7/{name}", "7", "1"], Planned.Vm(Planned.WithRecovery))).Code);

    [Fact]
    public void Persistent_image_is_copied_too() => Assert.Equal(
        Planned.Clone().Texts(), Planned.Plan("LN", [Planned.Image, Planned.Disk, "7", "1"]).Texts());

    [Theory]
    [InlineData("CLONE.ssh")]
    [InlineData("clone.replica")]
    public void Driver_of_the_system_datastore_may_stand_behind_the_name(string name) =>
        Assert.Equal(Planned.Clone().Texts(), Planned.Plan(name, [Planned.Image, Planned.Disk, "7", "1"]).Texts());

    [Fact]
    public void Image_without_a_host_is_the_front_ends() =>
        Assert.Equal(Planned.Clone().Texts(), Planned.Plan("clone", ["/var/lib/one/datastores/1//abc/", Planned.Disk, "7"]).Texts());

    [Theory]
    [InlineData(17, true, false)]
    [InlineData(33, true, false)]
    [InlineData(1, false, false)]
    [InlineData(1, false, true)]
    [InlineData(17, true, true)]
    public void Recovery_snapshot_of_a_former_disk_is_removed_before_the_disk_is_made(int state, bool hasRecovery, bool isCacheUnusable)
    {
        TransferPlan plan = Planned.Clone(
            Planned.Vm(hasRecovery ? Planned.WithRecovery : new DiskFacts(0)) with { LcmState = state },
            new TransferObservations { HasRecoverySnapshot = true, IsCacheUnusable = isCacheUnusable });
        Assert.Equal($"remove the recovery snapshots of {Planned.Recovery}", plan.Texts()[2]);
        Assert.DoesNotContain(plan.Steps, step => step is CopyDiskStep { IsChain: true });
    }

    [Fact]
    public void Snapshots_of_another_image_are_removed_before_the_disk_is_made()
    {
        TransferPlan plan = Planned.Clone(Planned.Vm(Planned.WithRecovery), new TransferObservations { HasFormerRecovery = true });
        Assert.IsType<ForgetRecoveryStep>(plan.Steps[2]);
        Assert.IsType<ForgetRecoveryStep>(
            Planned.Plan("MKSWAP", ["10", Planned.Disk, "7", "0"], seen: new TransferObservations { HasFormerRecovery = true }).Steps[1]);
    }

    [Fact]
    public void Disk_with_recovery_snapshots_is_not_attached_while_the_replica_is_down()
    {
        var down = new TransferObservations { IsReplicaReachable = false };
        VmFacts vm = Planned.Vm(Planned.WithRecovery) with { LcmState = 17 };
        Assert.Equal(StorageErrorCodes.ReplicaUnavailable, Assert.Throws<StorageException>(() => Planned.Clone(vm, down)).Code);
        Assert.NotEmpty(Planned.Clone(Planned.Vm() with { LcmState = 17 }, down).Steps);
    }
}
