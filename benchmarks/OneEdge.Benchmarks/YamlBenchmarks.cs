using BenchmarkDotNet.Attributes;
using OneEdge.Config;
using OneEdge.Text;

namespace OneEdge.Benchmarks;

/// <summary>YAML: reading, and changes down to the new text.</summary>
[MemoryDiagnoser]
public class YamlBenchmarks
{
    private const int LargeBytes = 5_000_000;
    private static readonly ConfigLimits Large = new() { MaxExpandedValues = int.MaxValue };

    private readonly SourceText _text = SourceText.FromBytes(BenchmarkData.OnevmYaml);
    private readonly ConfigChange _one = ConfigChange.Set(":ID/:size", 7);
    private SourceText _large = SourceText.From("");
    private ConfigDocument _document = ConfigFormat.Yaml.Parse("");
    private IReadOnlyList<ConfigChange> _sets = [];

    [GlobalSetup]
    public void Setup()
    {
        _large = SourceText.FromBytes(BenchmarkData.MadeUpYaml(LargeBytes));
        _document = ConfigFormat.Yaml.Parse(_text);
        _sets = ConfigPatch.ParseLines(BenchmarkData.YamlTenThousand).Files[0].Changes;
    }

    [Benchmark]
    public ConfigDocument Parse() => ConfigFormat.Yaml.Parse(_text);

    [Benchmark]
    public ConfigDocument ParseFiveMegabytes() => ConfigFormat.Yaml.Parse(_large, Large);

    [Benchmark]
    public ReadOnlyMemory<byte> OneChange() => _document.Apply(_one).Text.Bytes;

    [Benchmark]
    public ReadOnlyMemory<byte> TenThousandSets() => _document.Apply(_sets).Text.Bytes;
}
