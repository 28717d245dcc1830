namespace OneEdge.Storage;

/// <summary>How much memory a check may still take; see <see cref="Qcow2Limits.MaxCheckBytes"/>.</summary>
internal sealed class CheckMemory(long limit, string file)
{
    private long _taken;

    public bool TryTake(long bytes)
    {
        if (bytes > limit - _taken) return false;
        _taken += bytes;
        return true;
    }

    public void Take(long bytes)
    {
        if (TryTake(bytes)) return;
        throw new Qcow2Exception(
            StorageErrorCodes.LimitExceeded,
            file,
            $"checking the image takes more than {limit} bytes of memory ({nameof(Qcow2Limits)}.{nameof(Qcow2Limits.MaxCheckBytes)}).");
    }
}
