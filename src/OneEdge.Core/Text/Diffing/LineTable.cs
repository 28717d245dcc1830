namespace OneEdge.Text;

/// <summary>Gives equal lines of several texts equal numbers; a line includes its line end, so that a missing last newline tells.</summary>
internal sealed class LineTable
{
    private readonly Dictionary<ReadOnlyMemory<byte>, int> _ids = new(BytesComparer.Instance);

    public TextLines Add(SourceText text) => Add(Split(text.Bytes));

    public TextLines Add(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        int[] ids = new int[lines.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            if (!_ids.TryGetValue(lines[i], out int id)) _ids.Add(lines[i], id = _ids.Count);
            ids[i] = id;
        }

        return new TextLines(lines, ids);
    }

    public static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> text)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (!text.IsEmpty)
        {
            int end = text.Span.IndexOf((byte)'\n') + 1;
            if (end == 0) end = text.Length;
            lines.Add(text[..end]);
            text = text[end..];
        }

        return lines;
    }

    private sealed class BytesComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public static BytesComparer Instance { get; } = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> obj)
        {
            var hash = default(HashCode);
            hash.AddBytes(obj.Span);
            return hash.ToHashCode();
        }
    }
}

/// <summary>The lines of a text and their numbers in a <see cref="LineTable"/>.</summary>
internal sealed record TextLines(IReadOnlyList<ReadOnlyMemory<byte>> Lines, int[] Ids)
{
    public int Count => Ids.Length;
}
