namespace OneEdge.Testing;

/// <summary>What work allocates on the thread that does it: unlike time, that does not depend on the machine.</summary>
public static class AllocationMeter
{
    private const int Readings = 3;
    private const int Attempts = 100;

    /// <summary>The bytes that a piece of work allocates once what is made once has been made.</summary>
    /// <param name="work">The work, done a few times on the calling thread.</param>
    /// <returns>The least of a few readings.</returns>
    /// <remarks>
    /// A full collection may take away buffers that wait in a pool, and tests beside this one cause some. Work which gets a new buffer for that reason
    /// says nothing about itself, so readings beside a full collection do not count.
    /// </remarks>
    public static long Least(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        long least = long.MaxValue;
        int readings = 0;
        for (int i = 0; i < Attempts && readings < Readings; i++)
        {
            int collections = GC.CollectionCount(GC.MaxGeneration);
            work();
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            if (collections == GC.CollectionCount(GC.MaxGeneration)) readings++;
        }

        return least;
    }
}
