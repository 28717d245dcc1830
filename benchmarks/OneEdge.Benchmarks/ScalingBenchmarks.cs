using BenchmarkDotNet.Attributes;
using OneEdge.Config;
using OneEdge.Text;

namespace OneEdge.Benchmarks;

/// <summary>Reading and one change at growing sizes: twice the size should take twice the time.</summary>
[MemoryDiagnoser]
public class ScalingBenchmarks
{
    private static readonly ConfigLimits Large = new() { MaxExpandedValues = int.MaxValue };

    private SourceText _text = SourceText.From("");
    private ConfigDocument _document = ConfigFormat.Text.Parse("");
    private ConfigFormat _format = ConfigFormat.Text;
    private ConfigChange _change = ConfigChange.Set("", 1);

    /// <summary>The format; <c>shell-repeated</c> assigns every name twice, so that each gives a warning.</summary>
    [Params("shell", "shell-repeated", "oned", "yaml")]
    public string Format { get; set; } = "";

    /// <summary>The size of the text.</summary>
    [Params(1, 2, 4, 8)]
    public int Megabytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int bytes = Megabytes * 1_000_000;
        (_format, byte[] text, _change) = Format switch
        {
            "shell" => (ConfigFormat.Shell, BenchmarkData.LargeShell(bytes, repeated: false), ConfigChange.Set("V_1", "2")),
            "shell-repeated" => (ConfigFormat.Shell, BenchmarkData.LargeShell(bytes, repeated: true), ConfigChange.Set("V_1", "2")),
            "oned" => (ConfigFormat.Oned, BenchmarkData.LargeOned(bytes), ConfigChange.Insert("NEW", "1")),
            _ => (ConfigFormat.Yaml, BenchmarkData.MadeUpYaml(bytes), ConfigChange.Set(":ID/:size", 7)),
        };
        _text = SourceText.FromBytes(text);
        _document = _format.Parse(_text, Large);
    }

    [Benchmark]
    public ConfigDocument Parse() => _format.Parse(_text, Large);

    [Benchmark]
    public ReadOnlyMemory<byte> OneChange() => _document.Apply(_change).Text.Bytes;
}
