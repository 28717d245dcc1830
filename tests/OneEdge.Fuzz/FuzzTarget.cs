using System.Text;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Fuzz;

/// <summary>A reader under test.</summary>
internal abstract class FuzzTarget
{
    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Small texts that the reader accepts, so that mutations start inside its grammar.</summary>
    public virtual IReadOnlyList<string> Seeds => [];

    /// <summary>The tokens of its grammar.</summary>
    public virtual IReadOnlyList<string> Tokens => [];

    /// <summary>What mutations start from in any case.</summary>
    public virtual IReadOnlyList<byte[]> Inputs => [.. Seeds.Select(s => SourceEncoding.GetBytes(s))];

    /// <summary>How long an input of a corpus may be, in bytes.</summary>
    public virtual int MaxInput => 16 * 1024;

    /// <summary>How long an execution may take. Slow ones are tried again, because the machine may have been busy.</summary>
    /// <value>250 ms: one input of a kilobyte takes well under a millisecond.</value>
    public virtual TimeSpan MaxTime => TimeSpan.FromMilliseconds(250);

    /// <summary>How much an execution may allocate, in bytes.</summary>
    public virtual long MaxAllocated => 64 * 1024 * 1024;

    /// <summary>Recorded vectors to start from; none when they are absent.</summary>
    public virtual IEnumerable<byte[]> Vectors() =>
        ConformanceData.TryFind("config") is { } root ? Corpus.Files(Path.Combine(root, "files"), MaxInput).Where(Accepts) : [];

    /// <summary>Whether a file of recorded vectors is worth starting from.</summary>
    public virtual bool Accepts(byte[] file) => false;

    /// <summary>Makes the inputs.</summary>
    /// <param name="corpus">What they are made of; it may grow.</param>
    public virtual IMutator CreateMutator(IReadOnlyList<byte[]> corpus) => new Mutator(corpus, [.. Tokens.Select(t => SourceEncoding.GetBytes(t))]);

    /// <summary>A smaller input that fails too.</summary>
    public virtual byte[] Reduce(byte[] input, Func<byte[], bool> fails)
    {
        for (int size = Math.Max(input.Length / 2, 1); size > 0; size /= 2)
        {
            for (int at = 0; at < input.Length;)
            {
                byte[] shorter = [.. input[..at], .. input[Math.Min(at + size, input.Length)..]];
                if (fails(shorter)) input = shorter;
                else at += size;
            }
        }

        return input;
    }

    /// <summary>An input as a file for other programs; <see langword="null"/> when it is none.</summary>
    public virtual byte[]? ToFile(byte[] input) => input;

    /// <summary>Reads an input and checks everything that must hold.</summary>
    /// <returns>Whether the reader accepted the input.</returns>
    /// <exception cref="OracleException">Something does not hold.</exception>
    public abstract bool Execute(byte[] input, Chance chance);

    protected static string Show(string text) => Show(SourceEncoding.GetBytes(text));

    /// <summary>Bytes as a C# string literal would write them.</summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (char c in SourceEncoding.GetString(bytes))
        {
            _ = c switch
            {
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '"' or '\\' => text.Append('\\').Append(c),
                < ' ' or >= '\u007F' => text.Append("\\u").Append(((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    /// <summary>Findings have a code, a text and a place in the input, and print.</summary>
    protected static void CheckDiagnostics(IReadOnlyList<Diagnostic> diagnostics, byte[] input, bool accepted)
    {
        bool hasError = diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);
        OracleException.Check(hasError == !accepted, "a refused text has an error and an accepted one has none", () => string.Join('\n', diagnostics));
        int lines = input.AsSpan().Count((byte)'\n') + input.AsSpan().Count((byte)'\r') + 1;
        foreach (Diagnostic diagnostic in diagnostics)
        {
            bool placed = diagnostic.Position is not { } place
                || (place.Line >= 1 && place.Line <= lines && place.Column >= 1 && place.Column <= input.Length + 1);
            bool told = diagnostic.Code.Length > 0 && diagnostic.Message.Length > 0 && diagnostic.ToString().Length > 0;
            OracleException.Check(placed && told, "a finding has a code, a text and a place", () => diagnostic.ToString());
        }
    }
}
