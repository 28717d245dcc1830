using System.Globalization;

namespace OneEdge.Flow.Documents;

/// <summary>Finds halves of surrogate pairs in JSON: they are valid escapes, and no text.</summary>
internal static class JsonTextCheck
{
    /// <summary>Whether each text can be decoded.</summary>
    public static bool IsDecodable(ReadOnlySpan<byte> json)
    {
        for (int index = json.IndexOf((byte)'\\'); index >= 0 && index + 1 < json.Length;)
        {
            int length = EscapeLength(json[index..]);
            if (length == 0) return false;
            index += length;
            int next = json[index..].IndexOf((byte)'\\');
            if (next < 0) break;
            index += next;
        }

        return true;
    }

    // Zero for half a pair.
    private static int EscapeLength(ReadOnlySpan<byte> escape)
    {
        int unit = Unit(escape);
        if (unit is < 0xD800 or > 0xDFFF) return unit < 0 ? 2 : 6;
        return unit <= 0xDBFF && escape.Length >= 12 && Unit(escape[6..]) is >= 0xDC00 and <= 0xDFFF ? 12 : 0;
    }

    // Negative for another escape.
    private static int Unit(ReadOnlySpan<byte> escape)
    {
        if (escape.Length < 6 || escape[0] != '\\' || escape[1] != 'u') return -1;
        return int.TryParse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int unit) ? unit : -1;
    }
}
