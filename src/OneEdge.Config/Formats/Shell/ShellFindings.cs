using System.Globalization;
using System.Text;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>The errors of reading one shell file.</summary>
internal sealed class ShellFindings(SourceText source)
{
    // One broken quote makes everything after it look broken, so more findings than this tell nothing new.
    private const int Most = 10;
    private readonly List<Diagnostic> _all = [];

    public IReadOnlyList<Diagnostic> All => _all;

    public bool HasErrors => _all.Count > 0;

    public bool IsFull => _all.Count >= Most;

    public void Syntax(int offset, string expected)
    {
        ReadOnlySpan<byte> rest = source.Span[offset..];
        string message = string.Create(CultureInfo.InvariantCulture, $"Expected {expected}, but found {Found(rest)}.");
        _all.Add(Diagnostic.Error(ConfigErrorCodes.ShellSyntax, message, source, offset, HintFor(rest)));
    }

    public void NullByte(int offset) =>
        _all.Add(Diagnostic.Error(
            ConfigErrorCodes.ShellSyntax, "Expected text, but found a NUL byte.", source, offset, "the file seems to be binary or damaged"));

    public void TooDeep(int offset, int limit) => _all.Add(Diagnostic.Error(
        ConfigErrorCodes.Limit,
        string.Create(CultureInfo.InvariantCulture, $"Statements nest deeper than {limit} levels."),
        source,
        offset,
        "raise ConfigLimits.MaxDepth"));

    private static string Found(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty) return "the end of the file";
        if (rest[0] is (byte)'\n' or (byte)'\r') return "the end of the line";
        Rune.DecodeFromUtf8(rest, out Rune rune, out _);
        return Rune.IsControl(rune) || rune == Rune.ReplacementChar ? $"byte 0x{rest[0]:X2}" : $"'{rune}'";
    }

    private static string? HintFor(ReadOnlySpan<byte> rest) => rest.IsEmpty ? "a block, a quote or a list is not closed" : rest[0] switch
    {
        (byte)'"' => "close the double quote; write \\\" for a quote inside of it",
        (byte)'\'' => "close the single quote",
        (byte)'`' => "close the backquote on the same line",
        (byte)'(' => "an array is written NAME=( a b ) with its ')' behind the last item",
        (byte)'=' => "write NAME=VALUE; a name has letters, digits, '_' and '-'",
        (byte)' ' or (byte)'\t' => "a value with blanks needs quotes",
        (byte)';' or (byte)'&' or (byte)'|' or (byte)')' or (byte)'#' => "quote the character if it is part of a value",
        _ => null,
    };
}
