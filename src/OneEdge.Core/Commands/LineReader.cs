using System.Buffers;
using System.Text;

namespace OneEdge.Commands;

/// <summary>Cuts a stream into lines of bounded length.</summary>
internal sealed class LineReader
{
    internal const int MaxLineBytes = 64 << 10;

    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>Takes the next bytes and gives the lines that end in them.</summary>
    internal List<string> Add(ReadOnlySpan<byte> bytes)
    {
        List<string> lines = [];
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            int take = Math.Min(end < 0 ? bytes.Length : end, MaxLineBytes - _line.WrittenCount);
            _line.Write(bytes[..take]);
            bytes = bytes[take..];
            bool isEnd = !bytes.IsEmpty && bytes[0] == (byte)'\n';
            if (isEnd) bytes = bytes[1..];
            if (isEnd || _line.WrittenCount == MaxLineBytes) lines.Add(Take());
        }

        return lines;
    }

    /// <summary>The last line, if it has no end.</summary>
    internal string? Finish() => _line.WrittenCount > 0 ? Take() : null;

    private string Take()
    {
        ReadOnlySpan<byte> bytes = _line.WrittenSpan;
        string line = Encoding.UTF8.GetString(bytes.EndsWith("\r"u8) ? bytes[..^1] : bytes);
        _line.ResetWrittenCount();
        return line;
    }
}
