using System.Text;
using BenchmarkDotNet.Attributes;
using OneEdge.Text;

namespace OneEdge.Benchmarks;

/// <summary>Edits and positions in a text of the size of a stock oned.conf (about 40 KiB).</summary>
[MemoryDiagnoser]
public class SourceTextBenchmarks
{
    private const int Lines = 1_000;
    private SourceText _text = SourceText.From("");
    private TextEdit[] _edits = [];

    /// <summary>The number of edits that are applied at once.</summary>
    [Params(1, 1_000)]
    public int Edits { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        const string line = "VNC_PORTS = [ START = 5900 ] # a comment\n";
        _text = SourceText.From(new StringBuilder(Lines * line.Length).Insert(0, line, Lines).ToString(), "oned.conf");
        _edits = [.. Enumerable.Range(0, Edits).Select(i => new TextEdit(new TextSpan(i * line.Length, "VNC_PORTS".Length), "PORTS"))];
    }

    [Benchmark]
    public SourceText WithEdits() => _text.WithEdits(_edits);

    [Benchmark]
    public LinePosition PositionOfEnd() => _text.GetPosition(_text.Length);

    [Benchmark]
    public string Decode() => _text.GetString(new TextSpan(0, _text.Length));
}
