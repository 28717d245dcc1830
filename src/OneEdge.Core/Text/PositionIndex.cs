using System.Buffers;
using System.Text;

namespace OneEdge.Text;

/// <summary>Line and column at regular distances of a text, so that any number of places of a large text are found without reading it again for each.</summary>
internal sealed class PositionIndex
{
    private const int Distance = 2048;

    private readonly List<(int Offset, LinePosition Place)> _marks = [];

    private PositionIndex(int start) => _marks.Add((start, new LinePosition(1, 1)));

    /// <summary>How many bytes are read at most to find a place, but for those behind the last mark.</summary>
    public int LongestWay => _marks.Zip(_marks.Skip(1), (a, b) => b.Offset - a.Offset).DefaultIfEmpty().Max();

    /// <summary>Whether a place is far enough from the beginning for an index to be worth its making.</summary>
    public static bool IsWorthwhile(int offset) => offset > 2 * Distance;

    /// <param name="text">The text.</param>
    /// <param name="start">Where its first line begins, behind a byte order mark.</param>
    public static PositionIndex Of(ReadOnlySpan<byte> text, int start)
    {
        var index = new PositionIndex(start);
        for (int next = start + Distance; next < text.Length; next += Distance)
        {
            (int offset, LinePosition place) = index._marks[^1];
            int mark = SequenceStart(text, next);
            index._marks.Add((mark, Advance(place, text[offset..mark])));
        }

        return index;
    }

    /// <summary>The place of an offset at or behind the start.</summary>
    public LinePosition Find(ReadOnlySpan<byte> text, int offset)
    {
        int low = 0;
        int high = _marks.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_marks[middle].Offset <= offset) low = middle;
            else high = middle - 1;
        }

        return Advance(_marks[low].Place, text[_marks[low].Offset..offset]);
    }

    /// <summary>The place behind some bytes that begin at a place.</summary>
    public static LinePosition Advance(LinePosition place, ReadOnlySpan<byte> bytes)
    {
        int line = bytes.LastIndexOf((byte)'\n');
        return line < 0
            ? place with { Column = place.Column + CountCharacters(bytes) }
            : new LinePosition(place.Line + bytes.Count((byte)'\n'), CountCharacters(bytes[(line + 1)..]) + 1);
    }

    // No mark stands inside of a character.
    private static int SequenceStart(ReadOnlySpan<byte> text, int offset)
    {
        for (int i = offset; i > offset - 4; i--)
        {
            if ((text[i] & 0xC0) != 0x80) return i;
        }

        return offset;
    }

    private static int CountCharacters(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        while (!bytes.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(bytes, out _, out int consumed) == OperationStatus.Done;
            count += valid ? 1 : consumed;
            bytes = bytes[consumed..];
        }

        return count;
    }
}
