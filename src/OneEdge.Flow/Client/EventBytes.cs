namespace OneEdge.Flow.Client;

/// <summary>The bytes of a stream of events: it has to say something from time to time, and no event may be endless.</summary>
/// <param name="inner">The bytes.</param>
/// <param name="failure">Makes errors.</param>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
internal sealed class EventBytes(Stream inner, CallFailure failure, OneFlowClientOptions options, TimeProvider time) : Stream
{
    // Our server says something every 15 seconds, unless it is told to do it less often.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(60);

    private readonly TimeSpan _patience = options.Timeout > LeastPatience ? options.Timeout : LeastPatience;
    private long _sinceEvent;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>An event was read whole.</summary>
    public void EventRead() => _sinceEvent = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var silence = new CancellationTokenSource(_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw failure.TimedOut(_patience);
        }

        _sinceEvent += read;
        return _sinceEvent <= options.MaxAnswerBytes ? read : throw failure.TooLarge(options.MaxAnswerBytes);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
