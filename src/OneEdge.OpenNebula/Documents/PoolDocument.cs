namespace OneEdge.OpenNebula;

/// <summary>A document of the pool as it was read.</summary>
internal sealed record PoolDocument
{
    public required int Id { get; init; }

    public required DocumentType Type { get; init; }

    public required string Name { get; init; }

    public required DocumentOwner Owner { get; init; }

    /// <summary>The body without the member of the store; as it is when it has a problem.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    public required BodyMeta Meta { get; init; }

    public string? Problem { get; init; }

    /// <summary>Whether the body is there but shown to others only, so that nothing may be said about it.</summary>
    public bool IsHidden { get; init; }

    public PoolLock? Lock { get; init; }

    /// <summary>The last one that broke a lock.</summary>
    public string? Breaker { get; init; }

    public DocumentVersion Version => DocumentVersion.Of(Meta.Version, Content.Span);

    public StoredDocument ToStored() => new()
    {
        Id = Id,
        Type = Type,
        Name = Name,
        Version = Version,
        Body = Content,
        Problem = Problem,
        Lease = Meta.LeaseOf(Id),
        Owner = Owner,
    };
}
