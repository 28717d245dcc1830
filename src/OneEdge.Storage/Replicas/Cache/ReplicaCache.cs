using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OneEdge.Commands;

namespace OneEdge.Storage.Replicas;

/// <summary>The images that a replica keeps for its hypervisors. However many ask for an image, from however many processes and front-ends, it is copied
/// once.</summary>
internal sealed partial class ReplicaCache(IRemoteHosts hosts, ReplicaOptions options, TimeSpan lifetime, TimeProvider time, ILogger? logger = null)
{
    private const int Attempts = 3;
    private static readonly TimeSpan LongestWaitThere = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(20);
    private readonly ILogger _logger = logger ?? NullLogger.Instance;

    /// <summary>Waits until an image is cached with the content of its datastore, or copies it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="replicaHost">The replica.</param>
    /// <param name="route">How the image's host reaches it.</param>
    /// <param name="progress">Hears of bytes that were copied.</param>
    /// <param name="cancellationToken">Ends the copy; what is there already is used by the next one.</param>
    public Task<ReplicaLease> EnsureAsync(
        HostPath image, string replicaHost, CopyRoute route, Action<long, long?> progress, CancellationToken cancellationToken) =>
        EnsureAsync(image, new HostPath(replicaHost, image.Path), route, progress, cancellationToken);

    /// <summary>Waits until an image is cached with the content of its datastore, or copies it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cached">Its place in the cache.</param>
    /// <param name="route">How the image's host reaches the replica; <see langword="null"/> when that is the same host.</param>
    /// <param name="progress">Hears of bytes that were copied.</param>
    /// <param name="cancellationToken">Ends the copy; what is there already is used by the next one.</param>
    public async Task<ReplicaLease> EnsureAsync(
        HostPath image, HostPath cached, CopyRoute? route, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        IRemoteHost replica = hosts.Get(cached.Host);
        long start = time.GetTimestamp();
        StorageException? failure = null;
        bool hasWaited = false;
        for (int attempt = 0; attempt < Attempts;)
        {
            ImageDigest digest = await DigestAsync(image, cancellationToken).ConfigureAwait(false);
            TimeSpan left = options.CopyLockTimeout - time.GetElapsedTime(start);
            if (left < TimeSpan.Zero) left = TimeSpan.Zero;
            TimeSpan wait = left < LongestWaitThere ? left : LongestWaitThere;
            string[] arguments = [cached.Path, digest.Digest, Milliseconds(lifetime), Milliseconds(lifetime), Milliseconds(wait)];
            CommandResult reply = await RunAsync(
                replica, new HostScript("acquire-image", CacheScripts.Acquire, arguments), cancellationToken).ConfigureAwait(false);
            if (attempt == 0) Tell(reply, image, cached.Host, ref hasWaited);
            if (CacheReply.TryGet(reply.StandardOutput, "lease") is { } id) return Lease(cached.Path, digest, id, replica, isCopied: false);
            if (CacheReply.TryGet(reply.StandardOutput, "lock") is { } token)
            {
                attempt++;
                try
                {
                    return await FetchAsync(new Copy(image, cached, route, digest, token, replica), progress, cancellationToken).ConfigureAwait(false);
                }
                catch (StorageException e) when (e.Code is StorageErrorCodes.TransferCorrupt or StorageErrorCodes.ReplicaLockLost)
                {
                    failure = e;
                }
            }
            else if (left == TimeSpan.Zero)
            {
                throw new StorageException(StorageErrorCodes.ReplicaLockTimeout, string.Create(
                    CultureInfo.InvariantCulture,
                    $"Others copy {image} to replica {cached.Host} for longer than REPLICA_COPY_LOCK_TIMEOUT, {options.CopyLockTimeout.TotalSeconds:0} s."));
            }
        }

        throw failure!;
    }

    /// <summary>A cached image turned out to be damaged: the next one who wants it copies it again.</summary>
    public async Task InvalidateAsync(HostPath image, string digest, string replicaHost, CancellationToken cancellationToken)
    {
        CacheLog.CachedImageDamaged(_logger, new LogText(image), replicaHost);
        await RunAsync(
            hosts.Get(replicaHost), new HostScript("invalidate-image", CacheScripts.Invalidate, image.Path, digest), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells of the first answer to a request that settles it, and of waiting for that.</summary>
    private void Tell(CommandResult reply, HostPath image, string replicaHost, ref bool hasWaited)
    {
        bool isLeased = CacheReply.TryGet(reply.StandardOutput, "lease") is not null;
        if (!isLeased && CacheReply.TryGet(reply.StandardOutput, "lock") is null)
        {
            if (!hasWaited) CacheLog.LockAwaited(_logger, new LogText(image), replicaHost, options.CopyLockTimeout);
            hasWaited = true;
            return;
        }

        string outcome = !isLeased ? "miss" : hasWaited ? "waited" : "hit";
        StorageTelemetry.CacheRequests.Add(1, new KeyValuePair<string, object?>(StorageTelemetry.Outcome, outcome));
        if (isLeased) CacheLog.ImageCached(_logger, new LogText(image), replicaHost);
        if (CacheReply.TryGet(reply.StandardOutput, "expired") is not null) CacheLog.LockTakenOver(_logger, new LogText(image), replicaHost);
    }

    private async Task<ImageDigest> DigestAsync(HostPath image, CancellationToken cancellationToken)
    {
        CommandResult reply = await hosts.Get(image.Host).RunAsync(
            new HostScript("digest-image", CacheScripts.Digest, image.Path), cancellationToken).ConfigureAwait(false);
        string text = reply.StandardOutput;
        return new ImageDigest(
            CacheReply.Get(text, "digest", image.Host), CacheReply.Number(text, "bytes", image.Host), CacheReply.Number(text, "allocated", image.Host));
    }

    private async Task<ReplicaLease> FetchAsync(Copy copy, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        CacheLog.FetchStarted(_logger, new LogText(copy.Image), copy.Replica.Name, copy.Digest.Bytes);
        try
        {
            ReplicaLease lease = await FetchLockedAsync(copy, progress, cancellationToken).ConfigureAwait(false);
            double milliseconds = time.GetElapsedTime(start).TotalMilliseconds;
            CacheLog.FetchFinished(_logger, new LogText(copy.Image), copy.Replica.Name, milliseconds);
            return lease;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            double milliseconds = time.GetElapsedTime(start).TotalMilliseconds;
            CacheLog.FetchFailed(_logger, new LogText(copy.Image), copy.Replica.Name, StorageWatch.CodeOf(e), milliseconds, LogText.Of(e));
            throw;
        }
    }

    private async Task<ReplicaLease> FetchLockedAsync(Copy copy, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        (string path, IRemoteHost replica) = (copy.Cached.Path, copy.Replica);
        bool keepPartial = true;
        bool published = false;
        var alive = new KeepAlive(
            replica, life => new HostScript("renew-lock", CacheScripts.Renew, path, "lock", copy.Token, Milliseconds(life)), lifetime, time);
        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, alive.Lost);
            await MakeRoomAsync(copy, both.Token).ConfigureAwait(false);
            await SendAsync(copy, progress, both.Token).ConfigureAwait(false);
            string[] arguments = [path, copy.Token, copy.Digest.Digest, Milliseconds(lifetime), Milliseconds(options.CopyLockTimeout)];
            CommandResult reply = await replica.RunAsync(new HostScript("publish-image", CacheScripts.Publish, arguments), both.Token).ConfigureAwait(false);
            published = true;
            return Lease(path, copy.Digest, CacheReply.Get(reply.StandardOutput, "lease", replica.Name), replica, isCopied: true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw LockLost(copy.Image, replica);
        }
        catch (HostException e) when (e.ExitCode is ScriptParts.Fenced or ScriptParts.Corrupt or ScriptParts.Busy)
        {
            keepPartial = e.ExitCode != ScriptParts.Corrupt;
            throw Meaning(e, copy.Image, replica);
        }
        catch (StorageException e) when (e.Code == StorageErrorCodes.ReplicaFull)
        {
            keepPartial = false;
            throw;
        }
        finally
        {
            await alive.DisposeAsync().ConfigureAwait(false);
            if (!published) await FarewellAsync(
                replica, new HostScript("abandon-image", CacheScripts.Abandon, path, copy.Token, keepPartial ? "keep" : "drop")).ConfigureAwait(false);
        }
    }

    private async Task MakeRoomAsync(Copy copy, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            copy.Cached.Path, copy.Token, options.MaxSizeMb?.ToString(CultureInfo.InvariantCulture) ?? "",
            options.MaxUsedPercent.ToString(CultureInfo.InvariantCulture), copy.Digest.AllocatedBytes.ToString(CultureInfo.InvariantCulture),
        ];
        IRemoteHost replica = copy.Replica;
        CommandResult reply = await replica.RunAsync(new HostScript("make-room", CacheScripts.MakeRoom, arguments), cancellationToken).ConfigureAwait(false);
        foreach (string evicted in CacheReply.All(reply.StandardOutput, "evicted"))
        {
            StorageTelemetry.CacheEvictions.Add(1);
            CacheLog.ImageEvicted(_logger, replica.Name, new LogText(evicted), new LogText(copy.Image));
        }

        if (CacheReply.TryGet(reply.StandardOutput, "short") is not { } missing) return;
        throw new StorageException(
            StorageErrorCodes.ReplicaFull,
            $"Replica {replica.Name} has no room for {copy.Image}: {missing} bytes are missing below the limit, and all other images are in use or gone.");
    }

    private async Task SendAsync(Copy copy, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        HostPath cached = copy.Cached;
        string part = $"{cached.Parent().Path}/.oneedge/partial/{cached.Name}/{copy.Token}";
        // The writer there holds this lock for as long as it lives, however its other end dies.
        string there = $"flock -n {ShellWord.Quote(part + "/lock")} rsync";
        var meter = new CopyMeter("cache", progress);
        string[] arguments = [copy.Image.Path, part, copy.Route?.Address ?? "", there, .. copy.Route?.SshArguments ?? []];
        var script = new HostScript("send-image", CacheScripts.Send, arguments) { ForwardsAgent = true };
        try
        {
            await foreach (CommandEvent item in hosts.Get(copy.Image.Host).ListenAsync(script, cancellationToken).ConfigureAwait(false))
            {
                if (item is CommandOutputLine line && Progress().Match(line.Text) is { Success: true } match)
                    meter.Report(
                        long.Parse(match.Groups["bytes"].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), copy.Digest.Bytes);
            }
        }
        catch (HostException e) when (e.Code == StorageErrorCodes.HostCommand)
        {
            // Which end failed, and whether for want of room, only the replica can tell.
            string[] question = [cached.Path, copy.Token, copy.Digest.AllocatedBytes.ToString(CultureInfo.InvariantCulture)];
            CommandResult room = await RunAsync(
                copy.Replica, new HostScript("look-at-room", CacheScripts.LookAtRoom, question), cancellationToken).ConfigureAwait(false);
            if (CacheReply.TryGet(room.StandardOutput, "room") == "full") throw new StorageException(
                StorageErrorCodes.ReplicaFull, $"Replica {copy.Replica.Name} has no room for {copy.Image}.", e);
            throw;
        }
    }

    private ReplicaLease Lease(string path, ImageDigest digest, string id, IRemoteHost replica, bool isCopied)
    {
        var alive = new KeepAlive(replica, life => new HostScript("renew-lease", CacheScripts.Renew, path, "lease", id, Milliseconds(life)), lifetime, time);
        var release = new HostScript("release-image", CacheScripts.Release, path, id);
        return new ReplicaLease(digest, alive, () => FarewellAsync(replica, release)) { IsCopied = isCopied };
    }

    /// <summary>Gives something back; where that fails it expires.</summary>
    private static async Task FarewellAsync(IRemoteHost replica, HostScript script)
    {
        try
        {
            await replica.RunAsync(script with { Timeout = FarewellLimit }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (HostException)
        {
        }
    }

    private static async Task<CommandResult> RunAsync(IRemoteHost replica, HostScript script, CancellationToken cancellationToken)
    {
        try
        {
            return await replica.RunAsync(script, cancellationToken).ConfigureAwait(false);
        }
        catch (HostException e) when (e.Code == StorageErrorCodes.HostUnreachable)
        {
            throw new StorageException(StorageErrorCodes.ReplicaUnavailable, $"Replica {replica.Name} cannot be reached.", e);
        }
    }

    /// <summary>What an exit code of the scripts says.</summary>
    private static StorageException Meaning(HostException error, HostPath image, IRemoteHost replica) => error.ExitCode switch
    {
        ScriptParts.Corrupt => new StorageException(
            StorageErrorCodes.TransferCorrupt, $"What arrived of {image} on replica {replica.Name} is not what its host has.", error),
        ScriptParts.Busy => new StorageException(
            StorageErrorCodes.ReplicaLockTimeout, $"The former content of {image} on replica {replica.Name} is read for longer than one may wait.", error),
        _ => LockLost(image, replica, error),
    };

    private static StorageException LockLost(HostPath image, IRemoteHost replica, Exception? cause = null) =>
        new(StorageErrorCodes.ReplicaLockLost, $"The lock of {image} on replica {replica.Name} went to somebody else while it was copied.", cause);

    private static string Milliseconds(TimeSpan span) => ((long)span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>One copy to the cache, by whoever has its lock.</summary>
    private sealed record Copy(HostPath Image, HostPath Cached, CopyRoute? Route, ImageDigest Digest, string Token, IRemoteHost Replica);

    [GeneratedRegex(@"^\s*(?<bytes>[0-9,]+)\s+[0-9]+%\s", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Progress();
}
