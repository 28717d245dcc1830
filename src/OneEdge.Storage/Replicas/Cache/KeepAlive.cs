namespace OneEdge.Storage.Replicas;

/// <summary>Renews a lock or a lease on the replica, until it is no longer needed or belongs to somebody else.</summary>
internal sealed class KeepAlive : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _loop;

    public KeepAlive(IRemoteHost replica, Func<TimeSpan, HostScript> renewal, TimeSpan lifetime, TimeProvider time) =>
        _loop = RunAsync(replica, renewal, lifetime, time);

    /// <summary>Is cancelled when the lock or lease belongs to somebody else, or may by now.</summary>
    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RunAsync(IRemoteHost replica, Func<TimeSpan, HostScript> renewal, TimeSpan lifetime, TimeProvider time)
    {
        long renewed = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(lifetime / 3, time, _stop.Token).ConfigureAwait(false);
            long asked = time.GetTimestamp();
            try
            {
                await replica.RunAsync(renewal(lifetime) with { Timeout = lifetime }, _stop.Token).ConfigureAwait(false);
                renewed = asked;
            }
            catch (HostException e)
            {
                // One lost connection is no lost lock.
                if (e.ExitCode != ScriptParts.Fenced && time.GetElapsedTime(renewed) < lifetime) continue;
                await _lost.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
    }
}
