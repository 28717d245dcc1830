using Microsoft.Extensions.Logging;

namespace OneEdge.OpenNebula;

/// <summary>
/// Several front-ends of one zone as one: calls go to the leader, and to another front-end when that one does not answer. A call that reads is made again
/// there; one that changes something only when it surely did not reach the first, or was refused because the front-ends were electing a leader.
/// </summary>
/// <remarks>
/// The leader is the front-end whose <c>one.zone.raftstatus</c> has state 3 (or 0, when it is alone); it is looked for at the first call and after each
/// failure, and remembered. Source: the documentation of OpenNebula 6.10, "OpenNebula Front-end HA", and <c>src/rm/Request.cc</c> of 6.10.
/// </remarks>
public sealed class OpenNebulaFailover : IOpenNebulaRpc, IDisposable
{
    private static readonly OpenNebulaCall RaftStatus = new("one.zone.raftstatus");

    private readonly IOpenNebulaRpc[] _frontEnds;
    private readonly bool _ownsFrontEnds;
    private readonly SemaphoreSlim _search = new(1);

    // The front-end in use, or -1 before the first call.
    private int _current = -1;

    /// <summary>Puts front-ends together.</summary>
    /// <param name="frontEnds">The front-ends, at least one; they are not disposed of.</param>
    public OpenNebulaFailover(IEnumerable<IOpenNebulaRpc> frontEnds)
        : this(frontEnds, ownsFrontEnds: false)
    {
    }

    private OpenNebulaFailover(IEnumerable<IOpenNebulaRpc> frontEnds, bool ownsFrontEnds)
    {
        ArgumentNullException.ThrowIfNull(frontEnds);
        _frontEnds = [.. frontEnds];
        if (_frontEnds.Length == 0) throw new ArgumentException("There must be a front-end.", nameof(frontEnds));
        _ownsFrontEnds = ownsFrontEnds;
        if (_frontEnds.Length == 1) _current = 0;
    }

    /// <summary>The number of the front-end in use, from 0; -1 before the first call.</summary>
    public int Current => Volatile.Read(ref _current);

    /// <summary>Connects to front-ends; nothing is sent before the first call.</summary>
    /// <param name="credentials">Who calls.</param>
    /// <param name="endpoints">The addresses of the front-ends.</param>
    /// <param name="options">How to call; its address does not count.</param>
    /// <param name="time">The clock of time limits and retries.</param>
    /// <param name="logger">Gets a line for each call, without its parameters.</param>
    /// <returns>The front-ends; dispose of it to close the connections.</returns>
    public static OpenNebulaFailover Connect(
        OpenNebulaCredentials credentials,
        IEnumerable<OpenNebulaEndpoint> endpoints,
        OpenNebulaConnectionOptions? options = null,
        TimeProvider? time = null,
        ILogger<OpenNebulaConnection>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return new OpenNebulaFailover(
            endpoints.Select(endpoint => new OpenNebulaConnection(credentials, (options ?? new OpenNebulaConnectionOptions()).At(endpoint), time, logger)),
            ownsFrontEnds: true);
    }

    /// <inheritdoc/>
    public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return TryAsync(call.IsRead, rpc => rpc.CallAsync(call, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default) =>
        TryAsync(isRead: true, rpc => rpc.ReadManyAsync(calls, cancellationToken), cancellationToken);

    /// <summary>Closes the connections that <see cref="Connect"/> made.</summary>
    // The semaphore has nothing to give back, and calls that end now still use it.
    public void Dispose()
    {
        if (!_ownsFrontEnds) return;
        foreach (IOpenNebulaRpc frontEnd in _frontEnds) (frontEnd as IDisposable)?.Dispose();
    }

    private async Task<T> TryAsync<T>(bool isRead, Func<IOpenNebulaRpc, Task<T>> call, CancellationToken cancellationToken)
    {
        int current = Current;
        if (current < 0) current = await ChooseAsync(-1, cancellationToken).ConfigureAwait(false);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await call(_frontEnds[current]).ConfigureAwait(false);
            }
            catch (OpenNebulaException e) when (attempt <= _frontEnds.Length && _frontEnds.Length > 1 && MayGoElsewhere(e, isRead))
            {
                current = await ChooseAsync(current, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool MayGoElsewhere(OpenNebulaException error, bool isRead) => error switch
    {
        OpenNebulaTransportException { IsRetrySafe: true } => true,
        OpenNebulaTransportException => isRead && error.Code != OpenNebulaErrorCodes.AnswerTooLarge,
        // While a leader is elected, and before it is up to date: the call was not carried out.
        OpenNebulaCallException { Kind: OpenNebulaErrorKind.Internal } refused =>
            refused.ServerMessage.Contains("Cannot process request, no leader", StringComparison.Ordinal)
            || refused.ServerMessage.Contains("Cannot process request, oned cluster is", StringComparison.Ordinal)
            || refused.ServerMessage.Contains("Cannot process request, oned cluster in election", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>Looks for the leader; without one, the next front-end that answers will do.</summary>
    /// <param name="failed">The front-end that failed, or -1.</param>
    /// <param name="cancellationToken">Cancels looking.</param>
    private async Task<int> ChooseAsync(int failed, CancellationToken cancellationToken)
    {
        await _search.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Somebody else has looked meanwhile.
            if (_current != failed) return _current;
            int next = await FindAsync(failed, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _current, next);
            return next;
        }
        finally
        {
            _search.Release();
        }
    }

    private async Task<int> FindAsync(int failed, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task<(int Index, RaftState? State)>> asked = [.. _frontEnds.Select((_, index) => AskAsync(index, enough.Token))];
        var alive = new List<int>();
        while (asked.Count > 0)
        {
            Task<(int Index, RaftState? State)> answered = await Task.WhenAny(asked).ConfigureAwait(false);
            asked.Remove(answered);
            (int index, RaftState? state) = await answered.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (state is RaftState.Leader or RaftState.Solo && index != failed)
            {
                await enough.CancelAsync().ConfigureAwait(false);
                return index;
            }

            if (state is not null) alive.Add(index);
        }

        // Round robin from the one that failed, which comes last.
        int count = _frontEnds.Length;
        int from = Math.Max(failed, -1) + 1;
        foreach (int index in Enumerable.Range(0, count).Select(i => (from + i) % count))
        {
            if (alive.Contains(index)) return index;
        }

        return from % count;
    }

    /// <summary>What a front-end is; <see langword="null"/> when it does not answer.</summary>
    private async Task<(int Index, RaftState? State)> AskAsync(int index, CancellationToken cancellationToken)
    {
        try
        {
            RpcValue answer = await _frontEnds[index].CallAsync(RaftStatus, cancellationToken).ConfigureAwait(false);
            return (index, ModelReader.Parse<RaftStatus>(answer.Utf8Memory, answer.IsFromAnswer).State);
        }
        catch (OpenNebulaCallException)
        {
            // It answers, but not this user: the call itself will tell why.
            return (index, RaftState.Follower);
        }
        catch (Exception e) when (e is OpenNebulaException or OperationCanceledException)
        {
            return (index, null);
        }
    }
}
