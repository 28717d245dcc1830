using BenchmarkDotNet.Attributes;
using OneEdge.OpenNebula;

namespace OneEdge.Benchmarks;

/// <summary>The embedded cloud: machines from PENDING to RUNNING, by calls like those of a program.</summary>
[MemoryDiagnoser]
public class EmbeddedCloudBenchmarks
{
    private const int Hosts = 100;

    [Params(1_000, 10_000)]
    public int Machines { get; set; }

    [Benchmark]
    public int FromPendingToRunning() => Run(Machines).Vms.Pool.Count;

    [Benchmark]
    public int FromPendingToDone()
    {
        var cloud = NewCloud(Machines);
        for (int i = 0; i < Machines; i++)
        {
            Call(cloud, "one.vm.allocate", "CPU=0.01\nMEMORY=1", false);
            Call(cloud, "one.vm.action", "terminate", i);
        }

        return cloud.State.Vms.Pool.Count;
    }

    internal static OneEdge.OpenNebula.Embedded.CloudState Run(int machines)
    {
        EmbeddedCloud cloud = NewCloud(machines);
        Call(cloud, "one.template.allocate", "NAME=t\nCPU=0.01\nMEMORY=1\nCONTEXT=[NETWORK=YES]\nDISK=[SIZE=10,TYPE=fs]");
        for (int i = 0; i < machines; i++) Call(cloud, "one.template.instantiate", 0, "", false, "SERVICE_ID=1", false);
        return cloud.State;
    }

    private static EmbeddedCloud NewCloud(int machines) =>
        new(new EmbeddedCloudOptions { Hosts = Hosts, HostCpus = Math.Max(8, machines / Hosts), HostMemory = 1_000_000 });

    private static void Call(EmbeddedCloud cloud, string method, params RpcValue[] parameters) =>
        cloud.Rpc.CallAsync(new OpenNebulaCall(method, parameters)).GetAwaiter().GetResult();
}
