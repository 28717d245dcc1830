using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

/// <summary>Plans in the words of the cloud: virtual machine 7, system datastore 0 (replica <c>rep</c>) or 2 (none), image datastore 1.</summary>
internal static class Planned
{
    public const string Image = "fe:/var/lib/one/datastores/1/abc";
    public const string Disk = "h1:/var/lib/one/datastores/0/7/disk.0";
    public const string Recovery = "rep:/var/lib/one/datastores/replica_snaps/7/disk.0";

    public static TransferSettings Settings { get; } = new() { FrontEnd = "fe", SshArguments = [] };

    public static VmFacts Vm(params IEnumerable<DiskFacts> disks) => new(7) { SystemDatastoreId = 0, DeployId = "one-7", VmDriver = "kvm", Disks = [.. disks] };

    public static DiskFacts WithRecovery => new(0) { RecoverySnapshotFrequency = TimeSpan.Zero, Format = "qcow2" };

    public static TransferPlan Plan(
        string action, string[] words, VmFacts? vm = null, TransferObservations? seen = null, string? replica = "rep", params IEnumerable<HostFacts> hosts)
    {
        var facts = new TransferFacts(
            vm ?? Vm())
        { Datastores = [new DatastoreFacts(0, replica), new DatastoreFacts(1), new DatastoreFacts(2, "")], Hosts = [.. hosts] };
        TransferRequest request = TransferArguments.Parse(TransferArguments.Action(action), words, facts, Settings.FrontEnd);
        TransferPlan plan = TransferPlanner.Plan(request, seen ?? new TransferObservations(), Settings);
        // Every plan survives its own text.
        Assert.Equal(plan.ToString(), TransferPlan.FromJson(plan.ToJson()).ToString());
        Assert.Equal(plan.Fingerprint(), TransferPlan.FromJson(plan.ToJson()).Fingerprint());
        return plan;
    }

    public static TransferPlan Clone(
        VmFacts? vm = null, TransferObservations? seen = null, string? replica = "rep", string host = "h1", params IEnumerable<HostFacts> hosts) =>
        Plan("CLONE", [Image, $"{host}:/var/lib/one/datastores/0/7/disk.0", "7", "1"], vm, seen, replica, hosts);

    /// <summary>The steps as people see them.</summary>
    public static string[] Texts(this TransferPlan plan) => [.. plan.Steps.Select(step => step.ToString())];
}
