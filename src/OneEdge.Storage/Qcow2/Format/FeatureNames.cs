using System.Globalization;

namespace OneEdge.Storage;

/// <summary>The feature name table of an image, which is there for messages only.</summary>
internal readonly struct FeatureNames(ReadOnlyMemory<byte> table)
{
    public const int Incompatible = 0;

    private const int EntrySize = 48;

    public string Of(int kind, int bit)
    {
        for (ReadOnlySpan<byte> rest = table.Span; rest.Length >= EntrySize; rest = rest[EntrySize..])
            if (rest[0] == kind && rest[1] == bit) return $"'{FormatText.CString(rest[2..EntrySize])}' (bit {bit.ToString(CultureInfo.InvariantCulture)})";
        return $"of bit {bit.ToString(CultureInfo.InvariantCulture)}";
    }
}
