using BenchmarkDotNet.Attributes;
using OneEdge.Config;

namespace OneEdge.Benchmarks;

/// <summary>Reading 10,000 change lines.</summary>
[MemoryDiagnoser]
public class LinePatchBenchmarks
{
    private readonly string _sets = BenchmarkData.SetTenThousand;
    private readonly string _inserts = BenchmarkData.InsertTenThousand;
    private readonly string _yaml = BenchmarkData.YamlTenThousand;

    [Benchmark]
    public ConfigPatch Sets() => ConfigPatch.ParseLines(_sets);

    [Benchmark]
    public ConfigPatch Inserts() => ConfigPatch.ParseLines(_inserts);

    [Benchmark]
    public ConfigPatch YamlSets() => ConfigPatch.ParseLines(_yaml);
}
