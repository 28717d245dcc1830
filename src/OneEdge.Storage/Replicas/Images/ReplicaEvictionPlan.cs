namespace OneEdge.Storage.Replicas;

/// <summary>What is to be removed from one datastore of a cache, and what is not although its turn came. Pure: made of what the cache holds.</summary>
public sealed record ReplicaEvictionPlan
{
    private ReplicaEvictionPlan(CachedDatastore datastore) => Datastore = datastore;

    /// <summary>The datastore, as it was.</summary>
    public CachedDatastore Datastore { get; }

    /// <summary>The images to remove, in this order.</summary>
    public IReadOnlyList<CachedImage> Images { get; private init; } = [];

    /// <summary>The copies to remove that were cut and at which nobody is.</summary>
    public IReadOnlyList<UnfinishedCopy> Unfinished { get; private init; } = [];

    /// <summary>What stays.</summary>
    public IReadOnlyList<KeptImage> Kept { get; private init; } = [];

    /// <summary>The size that was asked for, in bytes; <see langword="null"/> when images were.</summary>
    public long? TargetBytes { get; private init; }

    /// <summary>How many bytes are still above the size that was asked for; 0 when it is reached, or none was asked for.</summary>
    public long MissingBytes { get; private init; }

    /// <summary>The room that it gives back, in bytes.</summary>
    public long FreedBytes => Images.Sum(image => image.Bytes) + Unfinished.Sum(copy => copy.Bytes);

    /// <summary>Brings a datastore down to a size: first copies that were cut, then images, those used longest ago first, but none that is in use.</summary>
    /// <param name="datastore">The datastore.</param>
    /// <param name="bytes">The size, in bytes.</param>
    public static ReplicaEvictionPlan ToSize(CachedDatastore datastore, long bytes)
    {
        ArgumentNullException.ThrowIfNull(datastore);
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        long excess = datastore.UsedBytes - bytes;
        if (excess <= 0) return new ReplicaEvictionPlan(datastore) { TargetBytes = bytes };
        UnfinishedCopy[] unfinished = [.. datastore.Unfinished.Where(copy => !copy.IsBeingCopied)];
        excess -= unfinished.Sum(copy => copy.Bytes);
        List<CachedImage> images = [];
        List<KeptImage> kept = [];
        foreach (CachedImage image in datastore.Images.OrderBy(image => image.LastUse).ThenBy(image => image.Name, StringComparer.Ordinal))
        {
            if (excess <= 0) break;
            if (image.Use != ImageUse.None)
            {
                kept.Add(new KeptImage(image.DatastoreId, image.Name, image.Use));
                continue;
            }

            images.Add(image);
            excess -= image.Bytes;
        }

        return new ReplicaEvictionPlan(datastore)
        {
            TargetBytes = bytes,
            Images = images,
            Unfinished = unfinished,
            Kept = kept,
            MissingBytes = Math.Max(0, excess),
        };
    }

    /// <summary>Removes images by their names, but none that is in use.</summary>
    /// <param name="datastore">The datastore.</param>
    /// <param name="names">The names of their files.</param>
    public static ReplicaEvictionPlan Of(CachedDatastore datastore, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(datastore);
        ArgumentNullException.ThrowIfNull(names);
        List<CachedImage> images = [];
        List<KeptImage> kept = [];
        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            CachedImage? image = datastore.Images.FirstOrDefault(image => image.Name == name);
            if (image is { Use: ImageUse.None }) images.Add(image);
            else kept.Add(new KeptImage(datastore.Id, name, image?.Use ?? ImageUse.Missing));
        }

        return new ReplicaEvictionPlan(datastore) { Images = images, Kept = kept };
    }
}
