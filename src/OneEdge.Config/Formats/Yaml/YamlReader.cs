using System.Buffers;
using System.Text;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Reads the first document of a text and turns what stops it into findings.</summary>
internal static class YamlReader
{
    private static readonly SearchValues<byte> Refused = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(i => i is not ('\t' or '\n' or '\r')).Select(i => (byte)i), 0x7F]);

    public static YamlTree? Read(SourceText source, ConfigLimits limits, out IReadOnlyList<Diagnostic> diagnostics)
    {
        try
        {
            CheckCharacters(source);
            var parser = new YamlParser(source.Span, source.ByteOrderMarkLength, limits);
            YamlTree tree = parser.ParseDocument();
            diagnostics = [.. parser.Repeated.Select(r => Repeated(source, r.Key))];
            return tree;
        }
        catch (YamlErrorException e)
        {
            diagnostics = [Diagnostic.Error(e.Code, e.Message, source, e.Place.Offset, Hint(source, e))];
            return null;
        }
    }

    private static Diagnostic Repeated(SourceText source, YamlNode key) => Diagnostic.Warning(
        ConfigErrorCodes.YamlDuplicateKey,
        $"The key '{key.Value}' occurs twice in this map; the last value counts.",
        source,
        key.Start,
        "remove one of them");

    private static string? Hint(SourceText source, YamlErrorException e)
    {
        if (e.Code == ConfigErrorCodes.Limit) return "raise the limit in ConfigLimits if the file is to be trusted";
        if (e.Code == ConfigErrorCodes.YamlUnsupportedValue)
            return e.Message.EndsWith("Date", StringComparison.Ordinal) || e.Message.EndsWith("Time", StringComparison.Ordinal)
                ? "quote the value to keep it as text"
                : null;
        if (e.Problem.Offset == e.Place.Offset) return YamlHints.For(e.Message);
        string stopped = $"reading stopped at {source.GetPosition(e.Problem.Offset)}";
        return YamlHints.For(e.Message) is { } hint ? $"{stopped}; {hint}" : stopped;
    }

    // The characters that libyaml refuses anywhere, comments included.
    private static void CheckCharacters(SourceText source)
    {
        ReadOnlySpan<byte> text = source.Span;
        int control = text.IndexOfAny(Refused);
        if (control >= 0) throw Invalid(control, "control characters are not allowed");
        if (Ascii.IsValid(text)) return;
        for (int i = text.IndexOfAnyInRange((byte)0x80, (byte)0xFF); i < text.Length;)
        {
            if (text[i] < 0x80)
            {
                int next = text[i..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                if (next < 0) return;
                i += next;
            }

            if (Rune.DecodeFromUtf8(text[i..], out Rune rune, out int length) != OperationStatus.Done) throw Invalid(i, "invalid UTF-8 octet sequence");
            if (!IsAllowed(rune.Value)) throw Invalid(i, "control characters are not allowed");
            i += length;
        }
    }

    private static bool IsAllowed(int code) => code is 0x85 or (>= 0xA0 and < 0xFFFE) or > 0xFFFF;

    private static YamlErrorException Invalid(int offset, string message)
    {
        var mark = new YamlMark(offset, -1, -1, -1);
        return YamlErrorException.Syntax(null, mark, message, mark);
    }
}
