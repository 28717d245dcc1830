using System.Runtime.ExceptionServices;

namespace OneEdge.Storage;

/// <summary>Runs the parts of a copy on several threads.</summary>
internal static class FlattenWork
{
    private const int MaxWorkers = 4;

    public static int Workers => Math.Min(Environment.ProcessorCount, MaxWorkers);

    /// <summary>Runs parts in about their order.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="own">Makes what one worker needs for itself.</param>
    /// <param name="body">Does one part.</param>
    public static void InParallel<T>(long count, Func<T> own, Action<long, T> body)
    {
        long next = -1;
        try
        {
            // Not Parallel.For over the parts: that gives each worker a range of its own, and the disk would jump between them.
            Parallel.For(0, (int)Math.Min(count, Workers), new ParallelOptions { MaxDegreeOfParallelism = Workers }, (_, state) =>
            {
                T mine = own();
                for (long index; !state.ShouldExitCurrentIteration && (index = Interlocked.Increment(ref next)) < count;) body(index, mine);
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
