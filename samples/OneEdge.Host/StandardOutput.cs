using System.Text;
using OneEdge.Text;

namespace OneEdge.Host;

/// <summary>Standard output or error that writes bytes which are not UTF-8 as they were read.</summary>
/// <param name="stream">Where the bytes go.</param>
/// <param name="isLineBuffered">Whether every write goes out at once.</param>
internal sealed class StandardOutput(Stream stream, bool isLineBuffered) : TextWriter
{
    private const int FlushAbove = 16 * 1024;
    private readonly StringBuilder _buffer = new();

    public override Encoding Encoding => Encoding.UTF8;

    [System.Diagnostics.CodeAnalysis.AllowNull]
    public override string NewLine { get; set; } = "\n";

    public override void Write(char value)
    {
        _buffer.Append(value);
        FlushIfDue();
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        _buffer.Append(buffer);
        FlushIfDue();
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void WriteLine(string? value)
    {
        _buffer.Append(value);
        Write(NewLine);
    }

    // The waiting forms must not leave the thread: the console has no asynchronous writes.
    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void Flush()
    {
        if (_buffer.Length == 0) return;
        byte[] bytes = SourceEncoding.GetBytes(_buffer.ToString());
        _buffer.Clear();
        stream.Write(bytes);
        stream.Flush();
    }

    public override Task FlushAsync()
    {
        Flush();
        return Task.CompletedTask;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => FlushAsync();

    private void FlushIfDue()
    {
        bool due = _buffer.Length > FlushAbove || (isLineBuffered && _buffer.Length > 0 && _buffer[^1] == '\n');
        if (due && !char.IsHighSurrogate(_buffer[^1])) Flush();
    }
}
