using BenchmarkDotNet.Attributes;
using OneEdge.Storage.Replicas;

namespace OneEdge.Benchmarks;

/// <summary>Transfers: planning the clone of a disk with recovery snapshots through a replica, and keeping the plan.</summary>
[MemoryDiagnoser]
public class ReplicaBenchmarks
{
    private readonly TransferSettings _settings = new() { FrontEnd = "front-end" };
    private readonly TransferObservations _seen = new() { ImageFormat = "qcow2" };
    private readonly TransferRequest _clone;
    private readonly TransferPlan _plan;

    public ReplicaBenchmarks()
    {
        var facts = new TransferFacts(
            new VmFacts(7) { SystemDatastoreId = 0, Disks = [new DiskFacts(0) { RecoverySnapshotFrequency = TimeSpan.FromMinutes(1), Format = "qcow2" }] })
        {
            Datastores = [new DatastoreFacts(0, "replica")],
        };
        _clone = new TransferRequest(TransferAction.Clone, new HostPath("front-end", "/var/lib/one/datastores/1/0a1b"), facts)
        {
            Destination = new HostPath("host-1", "/var/lib/one/datastores/0/7/disk.0"),
        };
        _plan = PlanClone();
    }

    [Benchmark]
    public TransferPlan PlanClone() => TransferPlanner.Plan(_clone, _seen, _settings);

    [Benchmark]
    public string Fingerprint() => _plan.Fingerprint();
}
