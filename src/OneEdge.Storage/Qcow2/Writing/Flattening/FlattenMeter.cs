namespace OneEdge.Storage;

/// <summary>Counts what a copy has done, from several threads, and tells it now and then.</summary>
internal sealed class FlattenMeter(long total, IProgress<Qcow2FlattenProgress>? progress, TimeProvider time)
{
    private const long ReportEvery = 16 << 20;

    private readonly long _start = time.GetTimestamp();
    private readonly Lock _lock = new();
    private long _done;
    private long _written;
    private long _reported;

    public void Add(long done, long written)
    {
        lock (_lock)
        {
            _done += done;
            _written += written;
            if (progress is null || _done - _reported < ReportEvery) return;
            _reported = _done;
            // Under the lock, so that numbers never go back.
            progress.Report(Now());
        }
    }

    /// <summary>Tells the end.</summary>
    public Qcow2FlattenProgress Finish()
    {
        lock (_lock)
        {
            _done = total;
            Qcow2FlattenProgress last = Now();
            progress?.Report(last);
            return last;
        }
    }

    private Qcow2FlattenProgress Now() => new(_done, total, _written, time.GetElapsedTime(_start));
}
