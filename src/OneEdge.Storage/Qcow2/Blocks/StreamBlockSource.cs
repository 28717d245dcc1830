namespace OneEdge.Storage;

/// <summary>A seekable stream as a source; one reader at a time.</summary>
internal sealed class StreamBlockSource(Stream stream, bool leaveOpen) : IBlockSource
{
    private readonly Lock _lock = new();

    public long Length { get; } = stream.Length;

    public int Read(long offset, Span<byte> buffer)
    {
        if (offset >= Length) return 0;
        lock (_lock)
        {
            stream.Position = offset;
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
    }

    public void Dispose()
    {
        if (!leaveOpen) stream.Dispose();
    }
}
