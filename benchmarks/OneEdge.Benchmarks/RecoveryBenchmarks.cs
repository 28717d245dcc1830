using System.Globalization;
using BenchmarkDotNet.Attributes;
using OneEdge.Storage.Recovery;

namespace OneEdge.Benchmarks;

/// <summary>Recovery snapshots: what is due among the disks of a very large hypervisor, of which a tenth is.</summary>
[MemoryDiagnoser]
public class RecoveryBenchmarks
{
    private const int Count = 10_000;
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly (RecoveryDisk Disk, RecoveryState State)[] _disks = [.. Enumerable.Range(0, Count).Select(i => (Disk(i), State(i)))];

    [Benchmark]
    public RecoveryDue ScheduleOf10000Disks() => RecoverySchedule.Due(_disks, Now);

    private static RecoveryDisk Disk(int number) => new()
    {
        VmId = number / 2,
        DiskId = number % 2,
        Frequency = TimeSpan.FromMinutes(1),
        ReplicaHost = "replica",
        VmDirectory = string.Create(CultureInfo.InvariantCulture, $"/var/lib/one/datastores/100/{number / 2}"),
    };

    private static RecoveryState State(int number) => new() { LastSuccess = Now.AddSeconds(number % 10 == 0 ? -70 - (number % 97) : -(number % 59)) };
}
