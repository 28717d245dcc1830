using OneEdge.Storage.Recovery;
using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Budgets;

/// <summary>What decisions may allocate: unlike time, that does not depend on the machine.</summary>
[Collection(nameof(Alone))]
public sealed class PlanningAllocationTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Plan_of_a_clone_through_a_replica_allocates_less_than_16_KiB()
    {
        var facts = new TransferFacts(
            new VmFacts(7) { SystemDatastoreId = 0, Disks = [new DiskFacts(0) { RecoverySnapshotFrequency = TimeSpan.FromMinutes(1), Format = "qcow2" }] })
        {
            Datastores = [new DatastoreFacts(0, "replica")],
        };
        var clone = new TransferRequest(TransferAction.Clone, new HostPath("front-end", "/var/lib/one/datastores/1/0a1b"), facts)
        {
            Destination = new HostPath("host-1", "/var/lib/one/datastores/0/7/disk.0"),
        };
        var settings = new TransferSettings { FrontEnd = "front-end" };
        var seen = new TransferObservations { ImageFormat = "qcow2" };
        Assert.InRange(AllocationMeter.Least(() => TransferPlanner.Plan(clone, seen, settings)), 1, 16 << 10);
    }

    [Fact]
    public void Schedule_of_disks_that_are_not_due_allocates_less_than_16_bytes_for_each()
    {
        (RecoveryDisk, RecoveryState)[] disks = Disks(10_000, dueEvery: int.MaxValue);
        Assert.InRange(AllocationMeter.Least(() => Assert.Empty(RecoverySchedule.Due(disks, Now).Due)), 1, 10_000 * 16);
    }

    [Fact]
    public void Schedule_of_disks_that_are_all_due_allocates_less_than_256_bytes_for_each()
    {
        (RecoveryDisk, RecoveryState)[] disks = Disks(10_000, dueEvery: 1);
        Assert.InRange(AllocationMeter.Least(() => Assert.Equal(10_000, RecoverySchedule.Due(disks, Now).Due.Count)), 1, 10_000 * 256);
    }

    private static (RecoveryDisk, RecoveryState)[] Disks(int count, int dueEvery) => [.. Enumerable.Range(1, count).Select(i => (
        new RecoveryDisk { VmId = i, DiskId = 0, Frequency = TimeSpan.FromMinutes(1), ReplicaHost = "replica", VmDirectory = "/var/lib/one/datastores/100/7" },
        new RecoveryState { LastSuccess = i % dueEvery == 0 ? Now.AddHours(-1) : Now }))];
}
