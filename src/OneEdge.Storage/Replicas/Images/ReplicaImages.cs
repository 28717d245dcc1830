using System.Globalization;

namespace OneEdge.Storage.Replicas;

/// <summary>The images that one replica keeps for its hypervisors: what there is, fetching ahead, making room.</summary>
/// <remarks>All of it may run beside transfers, and beside other processes and front-ends that do the same.</remarks>
public sealed class ReplicaImages
{
    private readonly IRemoteHosts _hosts;
    private readonly string _replica;
    private readonly ReplicaImagesOptions _options;
    private readonly TimeProvider _time;
    private readonly ReplicaCache _cache;
    private readonly string _images;
    private readonly string _directory;

    /// <summary>Names the replica.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="replicaHost">The replica; the host of this process may be one.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="time">The clock; <see langword="null"/> means the system's.</param>
    /// <exception cref="StorageException">The name is none of a host, or a directory is not absolute.</exception>
    public ReplicaImages(IRemoteHosts hosts, string replicaHost, ReplicaImagesOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentException.ThrowIfNullOrEmpty(replicaHost);
        (_hosts, _replica, _options, _time) = (hosts, replicaHost, options ?? new ReplicaImagesOptions(), time ?? TimeProvider.System);
        _images = new HostPath(replicaHost, _options.DatastoresDirectory).Path;
        _directory = new HostPath(replicaHost, _options.CacheDirectory ?? _options.DatastoresDirectory).Path;
        _cache = new ReplicaCache(hosts, _options.Replica, _options.CacheLockLifetime, _time);
    }

    /// <summary>Looks what the cache holds, and changes nothing.</summary>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="StorageException">The replica cannot be reached, or has no such directory.</exception>
    public async Task<ReplicaCacheStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        var script = new HostScript("list-cache", CacheContentScripts.List, _directory + "/-");
        string output = await RunAsync(script, _directory, cancellationToken).ConfigureAwait(false);
        return new ReplicaCacheStatus(_replica, _directory, CacheContent.Parse(output, _directory, _replica));
    }

    /// <summary>Brings an image to the cache, unless it is there: however many ask for it, here and elsewhere, it is copied once. A copy that was cut is
    /// continued.</summary>
    /// <param name="image">The image, in <see cref="ReplicaImagesOptions.DatastoresDirectory"/> of its host.</param>
    /// <param name="progress">Hears of bytes that are sent.</param>
    /// <param name="cancellationToken">Stops the copy; what arrived is of use to the next one.</param>
    /// <exception cref="StorageException">The image is missing or none of a datastore, or the replica cannot be reached or has no room.</exception>
    public async Task<ReplicaSyncResult> SyncAsync(
        HostPath image, IProgress<ReplicaSyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        HostPath cached = CachedPath(image);
        CopyRoute? route = image.Host == _replica ? null
            : new CopyRoute(_options.Address ?? _replica, [.. _options.SshArguments, .. _options.Replica.FrontEndSshArguments]);
        long start = _time.GetTimestamp();
        try
        {
            ReplicaLease lease = await _cache.EnsureAsync(image, cached, route, Report, cancellationToken).ConfigureAwait(false);
            await using (lease.ConfigureAwait(false))
                return new ReplicaSyncResult(image, cached, lease.Image.Digest, lease.Image.Bytes, lease.IsCopied, _time.GetElapsedTime(start));
        }
        catch (HostException e) when (e.ExitCode == ScriptParts.Missing && e.Host == image.Host)
        {
            throw new StorageException(StorageErrorCodes.FileMissing, $"There is no image '{image.Path}' on host {image.Host}.", e);
        }

        void Report(long bytes, long? total)
        {
            double seconds = _time.GetElapsedTime(start).TotalSeconds;
            progress?.Report(new ReplicaSyncProgress(image, bytes, total ?? bytes, seconds > 0 ? bytes / seconds : 0));
        }
    }

    /// <summary>Removes what a plan says. What came into use since it was made stays.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Stops the work between two images at the earliest.</param>
    /// <exception cref="StorageException">The replica cannot be reached.</exception>
    public async Task<ReplicaEvictionResult> EvictAsync(ReplicaEvictionPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Images.Count == 0 && plan.Unfinished.Count == 0) return new ReplicaEvictionResult([], plan.Kept, 0);
        string directory = string.Create(CultureInfo.InvariantCulture, $"{_directory}/{plan.Datastore.Id}");
        string[] words = [directory + "/-", plan.Unfinished.Count > 0 ? "1" : "", .. plan.Images.Select(image => image.Name)];
        string output = await RunAsync(new HostScript("evict-images", CacheContentScripts.Evict, words), directory, cancellationToken).ConfigureAwait(false);
        return Result(plan, output);
    }

    private static ReplicaEvictionResult Result(ReplicaEvictionPlan plan, string output)
    {
        List<CachedImage> evicted = [];
        List<KeptImage> kept = [.. plan.Kept];
        long freed = 0;
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] words = line.Split(' ');
            CachedImage? image = words.Length == 3 ? plan.Images[Number(words[1])] : null;
            switch (words[0])
            {
                case "evicted" when image is not null:
                    evicted.Add(image with { Bytes = Bytes(words[2]) });
                    freed += evicted[^1].Bytes;
                    break;
                case "kept" when image is not null:
                    kept.Add(new KeptImage(image.DatastoreId, image.Name, UseOf(words[2])));
                    break;
                default:
                    freed += words.Length == 2 ? Bytes(words[1]) : 0;
                    break;
            }
        }

        return new ReplicaEvictionResult(evicted, kept, freed);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static long Bytes(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static ImageUse UseOf(string word) => word switch
    {
        "leased" => ImageUse.Leased,
        "copied" => ImageUse.Copied,
        "linked" => ImageUse.Linked,
        "chain" => ImageUse.InChain,
        "name" => ImageUse.ForeignName,
        _ => ImageUse.Missing,
    };

    private HostPath CachedPath(HostPath image)
    {
        string[] rest = image.Path.StartsWith(_images + "/", StringComparison.Ordinal) ? image.Path[(_images.Length + 1)..].Split('/') : [];
        if (rest.Length != 2 || !int.TryParse(rest[0], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new StorageException(
                StorageErrorCodes.TransferArguments, $"{image} is no image of a datastore: expected {_images}/<number of the datastore>/<image>.");
        var cached = new HostPath(_replica, $"{_directory}/{rest[0]}/{rest[1]}");
        if (cached == image) throw new StorageException(
            StorageErrorCodes.TransferArguments, $"{image} lies where it would be cached: a cache on the same host needs a directory of its own.");
        return cached;
    }

    private async Task<string> RunAsync(HostScript script, string directory, CancellationToken cancellationToken)
    {
        try
        {
            return (await _hosts.Get(_replica).RunAsync(script, cancellationToken).ConfigureAwait(false)).StandardOutput;
        }
        catch (HostException e) when (e.Code == StorageErrorCodes.HostUnreachable)
        {
            throw new StorageException(StorageErrorCodes.ReplicaUnavailable, $"Replica {_replica} cannot be reached: {LastLine(e)}", e);
        }
        catch (HostException e) when (e.ExitCode == ScriptParts.Missing)
        {
            throw new StorageException(StorageErrorCodes.FileMissing, $"Host {_replica} has no directory '{directory}'.", e);
        }
    }

    private static string LastLine(HostException error) =>
        error.ErrorText.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "ssh gave no reason.";
}
