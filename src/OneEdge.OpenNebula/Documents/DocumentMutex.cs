using System.Globalization;

namespace OneEdge.OpenNebula;

/// <summary>
/// Mutual exclusion among the stores that write a document. One call of the server tests and sets the lock of a document at once (6.10 source,
/// <c>src/rm/RequestManagerLock.cc</c>), and level 3 is in the way of nothing that is done to a document.
/// </summary>
/// <remarks>
/// The lock of a dead program is broken: it is locked over, then each breaker writes its name into the document, waits until nobody who saw the dead lock can
/// still be about to do the same, and goes on when it finds its own name there. That is exclusive as long as nobody is held up for longer than
/// <see cref="OpenNebulaDocumentStoreOptions.HoldLimit"/>.
/// </remarks>
internal sealed class DocumentMutex(DocumentCalls calls, string writer, OpenNebulaDocumentStoreOptions options)
{
    private const int Level = 3;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time = options.TimeProvider;
    private int _breaks;

    /// <summary>The element of a document that names the last one that broke its lock.</summary>
    public static ReadOnlySpan<byte> BreakerElement => "ONEEDGE_LOCK_BREAKER"u8;

    /// <summary>Takes the lock; it is held from the moment that this gives back.</summary>
    public async Task<long> TakeAsync(int id, CancellationToken cancellationToken)
    {
        long began = _time.GetTimestamp();
        (PoolLock Lock, long Since)? seen = null;
        for (TimeSpan delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            long sent = _time.GetTimestamp();
            if (await TryLockAsync(id, cancellationToken).ConfigureAwait(false)) return sent;
            PoolLock? held = (await calls.ReadAsync(id, cancellationToken).ConfigureAwait(false)).Lock;
            if (held is { Level: not Level }) throw Busy(id, $"it is locked by user {held.OwnerId} for something else; unlock it first");
            if (held is null) seen = null;
            else if (seen?.Lock != held) seen = (held, _time.GetTimestamp());
            else if (_time.GetElapsedTime(seen.Value.Since) >= options.HoldLimit * 2)
            {
                if (await TryBreakAsync(id, held, cancellationToken).ConfigureAwait(false) is { } since) return since;
                seen = null;
            }

            if (_time.GetElapsedTime(began) >= options.LockTimeout) throw Busy(id, "others held its lock for too long (LockTimeout)");
            await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Says that it is too late to write, if it is: others may take this program for dead soon.</summary>
    public void ThrowIfLate(int id, long since)
    {
        if (_time.GetElapsedTime(since) >= options.HoldLimit / 2) throw Busy(id, "reading it took too long (HoldLimit); nothing was changed");
    }

    /// <summary>Says that somebody took the lock away, as an administrator can.</summary>
    public static void ThrowIfTaken(PoolDocument document)
    {
        if (document.Lock is not { Level: Level }) throw Busy(document.Id, "somebody unlocked it meanwhile; nothing was changed, try again");
    }

    /// <summary>Gives the lock back, unless it may be that of somebody else by now; then it is left to be broken.</summary>
    public async Task ReleaseAsync(int id, long since)
    {
        if (_time.GetElapsedTime(since) >= options.HoldLimit) return;
        try
        {
            await calls.CallAsync(id, new OpenNebulaCall("one.document.unlock", id), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OpenNebulaException or ObjectDisposedException)
        {
            // The change is made or refused already, and must not seem to be something else. Others break the lock after a while.
        }
    }

    private async Task<bool> TryLockAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            await calls.CallAsync(id, new OpenNebulaCall("one.document.lock", id, Level, true), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OpenNebulaCallException e) when (e.Kind == OpenNebulaErrorKind.Action && IsTime(e.ServerMessage))
        {
            return false;
        }
    }

    // The server says since when the object is locked, and no more.
    private static bool IsTime(string message) =>
        long.TryParse(message.AsSpan(message.LastIndexOf(' ') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private async Task<long?> TryBreakAsync(int id, PoolLock dead, CancellationToken cancellationToken)
    {
        try
        {
            await calls.CallAsync(id, new OpenNebulaCall("one.document.lock", id, Level, false), cancellationToken).ConfigureAwait(false);
        }
        catch (OpenNebulaCallException e) when (e.Kind == OpenNebulaErrorKind.Action)
        {
            throw Busy(id, $"user {dead.OwnerId} left it locked; that user or an administrator unlocks it (one.document.unlock)");
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"{writer}#{Interlocked.Increment(ref _breaks)}");
        await calls.MergeAsync(id, System.Text.Encoding.ASCII.GetString(BreakerElement), name, cancellationToken).ConfigureAwait(false);
        PoolLock? mine = (await calls.ReadAsync(id, cancellationToken).ConfigureAwait(false)).Lock;
        await Task.Delay(options.HoldLimit, _time, cancellationToken).ConfigureAwait(false);
        long since = _time.GetTimestamp();
        PoolDocument now = await calls.ReadAsync(id, cancellationToken).ConfigureAwait(false);
        return mine is not null && now.Lock == mine && now.Breaker == name ? since : null;
    }

    private static OpenNebulaException Busy(int id, string why) => new(OpenNebulaErrorCodes.DocumentBusy, $"Document {id} cannot be changed: {why}.");
}
