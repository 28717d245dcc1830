using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Budgets;

/// <summary>What the embedded cloud may allocate for a machine from PENDING to RUNNING, so that 10,000 of them feel instant.</summary>
[Collection(nameof(Alone))]
public sealed class EmbeddedCloudAllocationTests
{
    [Fact]
    public void Machine_from_pending_to_running_allocates_less_than_twenty_five_thousand_bytes()
    {
        const int machines = 500;
        Assert.InRange(AllocationMeter.Least(() => Run(machines)) / machines, 1, 25_000);
    }

    private static void Run(int machines)
    {
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions { Hosts = 10, HostCpus = 100, HostMemory = 1_000_000 });
        Assert.Null(cloud.Answer("one.template.allocate", ["oneadmin:opennebula", "NAME=t\nCPU=0.01\nMEMORY=1\nCONTEXT=[NETWORK=YES]"]).Fault);
        for (int i = 0; i < machines; i++) cloud.Answer("one.template.instantiate", ["oneadmin:opennebula", 0, "", false, "SERVICE_ID=1", false]);
        Assert.True(cloud.State.Vms.Pool.Ordered.All(v => v.IsRunning));
        Assert.Equal(machines, cloud.State.Vms.Pool.Count);
    }
}
