namespace OneEdge.Storage.Replicas;

/// <summary>An image datastore in the cache of a replica. Limits are those of one datastore.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Directory">Its directory on the replica.</param>
public sealed record CachedDatastore(int Id, string Directory)
{
    /// <summary>The images, those used longest ago first.</summary>
    public IReadOnlyList<CachedImage> Images { get; init; } = [];

    /// <summary>Copies that have not ended.</summary>
    public IReadOnlyList<UnfinishedCopy> Unfinished { get; init; } = [];

    /// <summary>The room that the directory takes with all that is in it, in bytes.</summary>
    public long UsedBytes { get; init; }

    /// <summary>How large its file system is, in bytes.</summary>
    public long FileSystemBytes { get; init; }

    /// <summary>How much of the file system is used, by whatever, in bytes.</summary>
    public long FileSystemUsedBytes { get; init; }

    /// <summary>How much of the file system can still be written, in bytes.</summary>
    public long AvailableBytes { get; init; }

    /// <summary>How large the directory may become: <see cref="ReplicaOptions.MaxSizeMb"/>, else what <see cref="ReplicaOptions.MaxUsedPercent"/> of the
    /// file system leaves for it.</summary>
    /// <param name="options">The configuration of the replica.</param>
    /// <returns>The limit in bytes; never negative.</returns>
    public long LimitBytes(ReplicaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.MaxSizeMb is { } megabytes) return megabytes << 20;
        return Math.Max(0, (FileSystemBytes / 100 * options.MaxUsedPercent) - FileSystemUsedBytes + UsedBytes);
    }
}
