namespace OneEdge.Storage;

/// <summary>A source that knows where it has holes, which read as zeroes.</summary>
internal interface ISparseSource
{
    /// <summary>How far data or a hole goes on.</summary>
    /// <param name="offset">Where to look, before the end.</param>
    /// <param name="isData">Whether there is data, not a hole.</param>
    /// <returns>The offset behind the last byte of the same kind.</returns>
    long EndOfRun(long offset, out bool isData);
}
