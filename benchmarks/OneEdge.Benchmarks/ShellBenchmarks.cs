using BenchmarkDotNet.Attributes;
using OneEdge.Config;
using OneEdge.Text;

namespace OneEdge.Benchmarks;

/// <summary>Shell assignments: reading, and a change down to the new text.</summary>
[MemoryDiagnoser]
public class ShellBenchmarks
{
    private readonly ConfigChange _change = ConfigChange.Set("PLAIN_1", "2");
    private SourceText _text = SourceText.From("");
    private ConfigDocument _document = ConfigFormat.Shell.Parse("");

    /// <summary>Pairs of an exported and a plain variable.</summary>
    [Params(20, 2_000)]
    public int Pairs { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _text = SourceText.FromBytes(BenchmarkData.Shell(Pairs));
        _document = ConfigFormat.Shell.Parse(_text);
    }

    [Benchmark]
    public ConfigDocument Parse() => ConfigFormat.Shell.Parse(_text);

    [Benchmark]
    public ReadOnlyMemory<byte> OneChange() => _document.Apply(_change).Text.Bytes;
}
