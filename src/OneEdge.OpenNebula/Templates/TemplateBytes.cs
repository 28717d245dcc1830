using System.Buffers;

namespace OneEdge.OpenNebula.Templates;

/// <summary>Looks for characters that XML cannot carry.</summary>
internal static class TemplateBytes
{
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (byte)c)]);

    // U+FFFE and U+FFFF begin with these two bytes.
    private static ReadOnlySpan<byte> LastPage => [0xEF, 0xBF];

    /// <summary>The offset of the first control character or non-character in UTF-8 text; -1 when there is none.</summary>
    public static int IndexOfUnsendable(ReadOnlySpan<byte> text)
    {
        int control = text.IndexOfAny(Controls);
        int end = control < 0 ? text.Length : control;
        for (int at = 0; ;)
        {
            int found = text[at..end].IndexOf(LastPage);
            if (found < 0) return control;
            at += found + 2;
            if (at < end && text[at] is 0xBE or 0xBF) return at - 2;
        }
    }
}
