namespace OneEdge.Storage;

/// <summary>Counts the bytes of one copy from the progress that it tells, and passes that on.</summary>
internal sealed class CopyMeter(string way, Action<long, long?> progress)
{
    private readonly KeyValuePair<string, object?> _way = new(StorageTelemetry.Way, way);
    private long _last;

    public void Report(long bytes, long? total)
    {
        // Less than before is the next file of the same copy.
        long more = bytes >= _last ? bytes - _last : bytes;
        _last = bytes;
        if (more > 0) StorageTelemetry.CopiedBytes.Add(more, _way);
        progress(bytes, total);
    }
}
