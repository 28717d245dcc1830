using System.Text;
using OneEdge.Text;

namespace OneEdge.Fuzz;

/// <summary>A reader under test.</summary>
internal abstract class FuzzTarget
{
    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Small inputs that the reader accepts, so that mutations start inside its grammar.</summary>
    public abstract IReadOnlyList<string> Seeds { get; }

    /// <summary>The tokens of its grammar.</summary>
    public abstract IReadOnlyList<string> Tokens { get; }

    /// <summary>Whether a file of recorded vectors is worth starting from.</summary>
    public virtual bool Accepts(byte[] file) => false;

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
