using System.Runtime.ExceptionServices;

namespace OneEdge.Storage;

/// <summary>Runs the parts of a copy on several threads.</summary>
internal static class FlattenWork
{
    /// <summary>So many threads keep a disk and a few processors busy; each has buffers of its own.</summary>
    public const int Workers = 4;

    /// <summary>Makes something for each worker.</summary>
    public static T[] ForEachWorker<T>(Func<T> make) => [.. Enumerable.Range(0, Workers).Select(_ => make())];

    /// <summary>Runs parts in about their order.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="own">What each worker has for itself, one for each of <see cref="Workers"/>.</param>
    /// <param name="body">Does one part.</param>
    public static void InParallel<T>(long count, IReadOnlyList<T> own, Action<long, T> body)
    {
        long next = -1;
        try
        {
            // Not Parallel.For over the parts: that gives each worker a range of its own, and the disk would jump between them.
            Parallel.For(0, (int)Math.Min(count, Workers), new ParallelOptions { MaxDegreeOfParallelism = Workers }, (worker, state) =>
            {
                for (long index; !state.ShouldExitCurrentIteration && (index = Interlocked.Increment(ref next)) < count;) body(index, own[worker]);
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
