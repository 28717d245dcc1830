using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Engine;

/// <summary>
/// A cloud whose pool of virtual machines lags behind what it tells, as OpenNebula's does, which publishes a state before it writes it down: while it lags,
/// the pool is as it was when that began.
/// </summary>
internal sealed class LaggingRpc(IOpenNebulaRpc inner) : IOpenNebulaRpc
{
    private const string Pool = "one.vmpool.infoextended";
    private static readonly OpenNebulaCall Everything = new(Pool, -2, -1, -1, -2, "");
    private RpcValue _old;
    private volatile bool _isLagging;
    private int _oldAnswers;

    /// <summary>How many answers were old ones.</summary>
    public int OldAnswers => Volatile.Read(ref _oldAnswers);

    public async Task LagAsync()
    {
        _old = await inner.CallAsync(Everything);
        _isLagging = true;
    }

    public void CatchUp() => _isLagging = false;

    public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
    {
        if (!_isLagging || call.Method != Pool) return inner.CallAsync(call, cancellationToken);
        Interlocked.Increment(ref _oldAnswers);
        return Task.FromResult(_old);
    }

    public Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default) =>
        inner.ReadManyAsync(calls, cancellationToken);
}
