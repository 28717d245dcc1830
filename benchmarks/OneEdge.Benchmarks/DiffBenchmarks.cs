using BenchmarkDotNet.Attributes;
using OneEdge.Config;
using OneEdge.Text;

namespace OneEdge.Benchmarks;

/// <summary>The oned.conf of two releases: their changes as data, and as lines.</summary>
[MemoryDiagnoser]
public class DiffBenchmarks
{
    private readonly ConfigDocument _old = ConfigFormat.Oned.Parse(SourceText.FromBytes(BenchmarkData.OlderOnedConf));
    private readonly ConfigDocument _new = ConfigFormat.Oned.Parse(SourceText.FromBytes(BenchmarkData.OnedConf));

    [Benchmark]
    public ConfigDiff Changes() => _old.DiffTo(_new);

    [Benchmark]
    public SourceText Unified() => UnifiedDiff.Create(_old.Source, _new.Source, "old", "new");
}
