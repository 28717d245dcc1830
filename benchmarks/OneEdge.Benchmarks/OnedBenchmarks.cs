using BenchmarkDotNet.Attributes;
using OneEdge.Config;
using OneEdge.Text;

namespace OneEdge.Benchmarks;

/// <summary>oned.conf: reading, and changes down to the new text.</summary>
[MemoryDiagnoser]
public class OnedBenchmarks
{
    private const int LargeBytes = 10_000_000;
    private static readonly ConfigLimits Large = new() { MaxExpandedValues = int.MaxValue };

    private readonly SourceText _text = SourceText.FromBytes(BenchmarkData.OnedConf);
    private SourceText _large = SourceText.From("");
    private ConfigDocument _document = ConfigFormat.Oned.Parse("");
    private IReadOnlyList<ConfigChange> _one = [];
    private IReadOnlyList<ConfigChange> _sets = [];
    private IReadOnlyList<ConfigChange> _inserts = [];

    [GlobalSetup]
    public void Setup()
    {
        _large = SourceText.FromBytes(BenchmarkData.LargeOned(LargeBytes));
        _document = ConfigFormat.Oned.Parse(_text);
        _one = ConfigPatch.ParseLines(BenchmarkData.SetOne).Files[0].Changes;
        _sets = ConfigPatch.ParseLines(BenchmarkData.SetTenThousand).Files[0].Changes;
        _inserts = ConfigPatch.ParseLines(BenchmarkData.InsertTenThousand).Files[0].Changes;
    }

    [Benchmark]
    public ConfigDocument Parse() => ConfigFormat.Oned.Parse(_text);

    [Benchmark]
    public ConfigDocument ParseTenMegabytes() => ConfigFormat.Oned.Parse(_large, Large);

    [Benchmark]
    public ReadOnlyMemory<byte> OneChange() => _document.Apply(_one).Text.Bytes;

    [Benchmark]
    public ReadOnlyMemory<byte> TenThousandSets() => _document.Apply(_sets).Text.Bytes;

    [Benchmark]
    public ReadOnlyMemory<byte> TenThousandInserts() => _document.Apply(_inserts).Text.Bytes;
}
