namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>Takes away what was made, the last one first, whatever became of it meanwhile.</summary>
internal sealed class Undo : IAsyncDisposable
{
    private readonly Stack<(string What, int Id, Func<int, CancellationToken, Task> Remove)> _made = [];

    public void Add(string what, int id, Func<int, CancellationToken, Task> remove)
    {
        lock (_made) _made.Push((what, id, remove));
    }

    public async ValueTask DisposeAsync()
    {
        List<Exception> left = [];
        while (_made.TryPop(out var made))
        {
            try
            {
                await RemoveAsync(made.Id, made.Remove);
            }
            catch (Exception e)
            {
                left.Add(new InvalidOperationException($"The {made.What} {made.Id} is left behind: {e.Message}", e));
            }
        }

        if (left.Count > 0) throw new AggregateException(left);
    }

    // What others still use is given up by them in a moment.
    private static async Task RemoveAsync(int id, Func<int, CancellationToken, Task> remove)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                await remove(id, limit.Token);
                return;
            }
            catch (OpenNebulaCallException e) when (
                e.Kind == OpenNebulaErrorKind.NoExists || e.ServerMessage.EndsWith("does not exist", StringComparison.Ordinal))
            {
                return;
            }
            catch (OpenNebulaCallException e) when (e.Kind is OpenNebulaErrorKind.Action or OpenNebulaErrorKind.Internal && !limit.IsCancellationRequested)
            {
                try
                {
                    await Task.Delay(200, limit.Token);
                }
                catch (OperationCanceledException)
                {
                    throw e;
                }
            }
        }
    }
}
