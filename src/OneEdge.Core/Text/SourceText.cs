namespace OneEdge.Text;

/// <summary>An immutable text over its original bytes: what is not edited stays as it is, whatever its encoding or line ends.</summary>
public sealed class SourceText
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private string? _text;
    private PositionIndex? _positions;

    private SourceText(ReadOnlyMemory<byte> bytes, string? name, string? text)
    {
        Bytes = bytes;
        Name = name;
        _text = text;
    }

    /// <summary>The bytes of the text, a byte order mark included.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The name for messages, usually a file name; <see langword="null"/> when it has none.</summary>
    public string? Name { get; }

    /// <summary>The number of bytes.</summary>
    public int Length => Bytes.Length;

    /// <summary>The bytes of the text as a span.</summary>
    public ReadOnlySpan<byte> Span => Bytes.Span;

    /// <summary>The number of bytes that a leading UTF-8 byte order mark takes: 3 or 0.</summary>
    public int ByteOrderMarkLength => Span.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;

    /// <summary>Wraps bytes; they are not copied and must not change.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="name">The name for messages.</param>
    /// <returns>The text.</returns>
    public static SourceText FromBytes(ReadOnlyMemory<byte> bytes, string? name = null) => new(bytes, name, text: null);

    /// <summary>Encodes a string.</summary>
    /// <param name="text">The string.</param>
    /// <param name="name">The name for messages.</param>
    /// <returns>The text.</returns>
    public static SourceText From(string text, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SourceText(SourceEncoding.GetBytes(text), name, text);
    }

    /// <summary>The place of a byte, as people count.</summary>
    /// <param name="offset">The byte offset, from 0 to <see cref="Length"/>.</param>
    /// <returns>Line and column, from 1.</returns>
    public LinePosition GetPosition(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length);
        int start = ByteOrderMarkLength;
        if (offset < start) return new LinePosition(1, offset + 1);
        if (!PositionIndex.IsWorthwhile(offset)) return PositionIndex.Advance(new LinePosition(1, 1), Span[start..offset]);
        return (_positions ??= PositionIndex.Of(Span, start)).Find(Span, offset);
    }

    /// <summary>The decoded text of a span.</summary>
    /// <param name="span">The span.</param>
    /// <returns>The text.</returns>
    public string GetString(TextSpan span) => SourceEncoding.GetString(Span.Slice(span.Start, span.Length));

    /// <summary>Applies edits; every byte outside them stays.</summary>
    /// <param name="edits">Edits of this text in any order; they must not overlap. Inserts at one place keep their order.</param>
    /// <returns>The edited text.</returns>
    /// <exception cref="ArgumentException">Two edits overlap, or one lies outside of the text.</exception>
    public SourceText WithEdits(IEnumerable<TextEdit> edits)
    {
        ArgumentNullException.ThrowIfNull(edits);
        TextEdit[] ordered =
        [
            .. edits.Select((edit, index) => (edit, index)).OrderBy(e => e.edit.Span.Start).ThenBy(e => e.edit.Span.Length).ThenBy(e => e.index)
                .Select(e => e.edit),
        ];
        if (ordered.Length == 0) return this;

        byte[] result = new byte[LengthWith(ordered)];
        int written = 0;
        int position = 0;
        foreach (TextEdit edit in ordered)
        {
            Write(Span[position..edit.Span.Start]);
            Write(edit.Replacement.Span);
            position = edit.Span.End;
        }

        Write(Span[position..]);
        return new SourceText(result, Name, text: null);

        void Write(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(result.AsSpan(written));
            written += bytes.Length;
        }
    }

    /// <summary>The same bytes under another name.</summary>
    /// <param name="name">The name for messages.</param>
    /// <returns>The text.</returns>
    public SourceText WithName(string? name) => new(Bytes, name, _text);

    /// <summary>The whole text, decoded as <see cref="SourceEncoding"/> does; a byte order mark stays.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ??= SourceEncoding.GetString(Span);

    private int LengthWith(TextEdit[] edits)
    {
        long length = Length;
        int position = 0;
        foreach (TextEdit edit in edits)
        {
            if (edit.Span.Start < position || edit.Span.End > Length)
                throw new ArgumentException($"The edit at byte {edit.Span.Start} overlaps another one or lies outside of the text.", nameof(edits));
            position = edit.Span.End;
            length += edit.Replacement.Length - edit.Span.Length;
        }

        return checked((int)length);
    }
}
