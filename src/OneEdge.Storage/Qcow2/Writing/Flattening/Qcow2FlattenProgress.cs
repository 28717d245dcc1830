namespace OneEdge.Storage;

/// <summary>How far a flat copy is.</summary>
/// <param name="BytesDone">How much of the guest is done, zeroes included.</param>
/// <param name="BytesTotal">The virtual size.</param>
/// <param name="BytesWritten">How many bytes of guest data were written, compressed ones as they lie in the copy.</param>
/// <param name="Elapsed">The time since the start.</param>
public sealed record Qcow2FlattenProgress(long BytesDone, long BytesTotal, long BytesWritten, TimeSpan Elapsed)
{
    /// <summary>How much of the guest is done in a second, on average.</summary>
    public double BytesPerSecond => Elapsed > TimeSpan.Zero ? BytesDone / Elapsed.TotalSeconds : 0;
}
