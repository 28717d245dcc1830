namespace OneEdge.Storage.Replicas;

/// <summary>An image in the cache of a replica.</summary>
public sealed record CachedImage
{
    /// <summary>The image datastore.</summary>
    public required int DatastoreId { get; init; }

    /// <summary>The name of its file.</summary>
    public required string Name { get; init; }

    /// <summary>How long the file is, in bytes.</summary>
    public long Length { get; init; }

    /// <summary>The room that it takes with its snapshots and digest file, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>When it was last asked for, to the second; of an image without a record, when its file was last read or written.</summary>
    public DateTimeOffset LastUse { get; init; }

    /// <summary>What is known of its content.</summary>
    public CachedImageValidity Validity { get; init; }

    /// <summary>The digest of its content and snapshots, as this library computes it; <see langword="null"/> without a record.</summary>
    public string? Digest { get; init; }

    /// <summary>How many read it at this moment.</summary>
    public int Leases { get; init; }

    /// <summary>Whether it is copied to the cache at this moment.</summary>
    public bool IsBeingCopied { get; init; }

    /// <summary>Whether a disk on the same host has it in its chain.</summary>
    public bool IsInChain { get; init; }

    /// <summary>How many names the file has.</summary>
    public int Links { get; init; } = 1;

    /// <summary>Why it would not be evicted now.</summary>
    public ImageUse Use => this switch
    {
        _ when !IsImageName(Name) => ImageUse.ForeignName,
        { Leases: > 0 } => ImageUse.Leased,
        { IsBeingCopied: true } => ImageUse.Copied,
        { Links: > 1 } => ImageUse.Linked,
        { IsInChain: true } => ImageUse.InChain,
        _ => ImageUse.None,
    };

    /// <summary>The image for people: its datastore and name.</summary>
    public override string ToString() => FormattableString.Invariant($"{DatastoreId}/{Name}");

    internal static bool IsImageName(string name) => name.Length > 0 && name.All(c => c is '-' or (>= 'a' and <= 'f') || char.IsAsciiDigit(c));
}
