namespace OneEdge.Storage;

/// <summary>What the guest sees, as a stream that can be read and sought.</summary>
internal sealed class GuestStream(GuestReader reader) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => reader.Length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        int length = (int)Math.Min(buffer.Length, Math.Max(0, Length - _position));
        reader.Read(_position, buffer[..length]);
        _position += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    // The system reads files on a thread that waits; so it is one of the pool.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Task.Run(() => Read(buffer.Span), cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        long start = origin switch
        {
            SeekOrigin.Begin => 0,
            SeekOrigin.Current => _position,
            SeekOrigin.End => Length,
            _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "The origin is unknown."),
        };
        if (offset < -start) throw new IOException("A position before the beginning of the stream is not possible.");
        return _position = checked(start + offset);
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("The guest's disk is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The guest's disk is read only.");

    protected override void Dispose(bool disposing)
    {
        if (disposing) reader.Dispose();
        base.Dispose(disposing);
    }
}
