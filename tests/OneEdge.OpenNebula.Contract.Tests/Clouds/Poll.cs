namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>Waits for conditions.</summary>
internal static class Poll
{
    /// <summary>How long anything may take on a slow machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>How often the clients look.</summary>
    public static WaitOptions Options { get; } = new()
    {
        Timeout = Patience,
        FirstPause = TimeSpan.FromMilliseconds(20),
        LongestPause = TimeSpan.FromMilliseconds(500),
    };

    public static async Task<T> UntilAsync<T>(Func<CancellationToken, Task<T>> read, Func<T, bool> isReached, string what)
    {
        CancellationToken test = TestContext.Current.CancellationToken;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(test);
        limit.CancelAfter(Patience);
        TimeSpan pause = Options.FirstPause;
        while (true)
        {
            T seen = await read(limit.Token);
            if (isReached(seen)) return seen;
            try
            {
                await Task.Delay(pause, limit.Token);
            }
            catch (OperationCanceledException) when (!test.IsCancellationRequested)
            {
                Assert.Fail($"There was no {what} within {Patience}; the last was {seen}.");
            }

            pause = pause * 2 < Options.LongestPause ? pause * 2 : Options.LongestPause;
        }
    }
}
