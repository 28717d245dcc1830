using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>
/// The text as the grammar sees it: without byte order mark, with plain line feeds as line ends and with one after the last line.
/// Offsets translate back to the source.
/// </summary>
internal sealed class ShellView
{
    private readonly SourceText _source;
    private readonly int _start;

    // The offsets in the view of the line feeds that are two bytes in the source.
    private readonly List<int> _wideLineEnds = [];

    public ShellView(SourceText source)
    {
        _source = source;
        _start = source.ByteOrderMarkLength;
        ReadOnlySpan<byte> bytes = source.Span[_start..];
        byte[] text = new byte[bytes.Length + 1];
        int length = 0;
        while (!bytes.IsEmpty)
        {
            int run = bytes.IndexOf((byte)'\r');
            if (run < 0) run = bytes.Length;
            bytes[..run].CopyTo(text.AsSpan(length));
            length += run;
            bytes = bytes[run..];
            if (bytes.IsEmpty) break;
            bool ends = bytes.Length == 1 || bytes[1] == '\n';
            if (ends) _wideLineEnds.Add(length);
            else text[length++] = (byte)'\r';
            bytes = bytes[1..];
        }

        if (length == 0 || text[length - 1] != '\n') text[length++] = (byte)'\n';
        Tokens = new ShellTokens(text, length);
    }

    public ShellTokens Tokens { get; }

    /// <summary>The offset in the source; the place before a line end of two bytes stays before both.</summary>
    public int ToSource(int offset)
    {
        int index = _wideLineEnds.BinarySearch(offset);
        int before = index < 0 ? ~index : index;
        return Math.Min(_start + offset + before, _source.Length);
    }

    public TextSpan ToSource(int start, int end) => TextSpan.FromBounds(ToSource(start), ToSource(end));
}
