namespace OneEdge.Storage.Recovery;

/// <summary>A base and an overlay on the replica from which a disk can be restored.</summary>
public sealed record RecoveryChain
{
    /// <summary>The virtual machine.</summary>
    public required int VmId { get; init; }

    /// <summary>The disk.</summary>
    public required int DiskId { get; init; }

    /// <summary>The number of the generation; <see langword="null"/> for a chain that the original left.</summary>
    public long? Generation { get; init; }

    /// <summary>The moment that it shows. For a chain that the original left: when it arrived.</summary>
    public required DateTimeOffset Taken { get; init; }

    /// <summary>
    /// Whether the guest wrote out its caches before; <see langword="null"/> when not known, which means the same as <see langword="false"/>.
    /// </summary>
    public bool? IsQuiesced { get; init; }

    /// <summary>The directory in which <c>disk.N</c> opens the chain.</summary>
    public required string Directory { get; init; }

    /// <summary>How many bytes base and overlay take on their file system. Generations may share a base.</summary>
    public long Size { get; init; }

    /// <summary>What the guest sees, in bytes; <see langword="null"/> when the chain cannot be opened.</summary>
    public long? VirtualSize { get; init; }

    /// <summary>
    /// Why it cannot be used; <see langword="null"/> when nothing speaks against it. A list opens chains and walks their tables; only a restore reads all
    /// bytes.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>The SHA-256 of the overlay, as it is recorded or was read.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The SHA-256 of the base, as it is recorded or was read.</summary>
    public string? BaseSha256 { get; init; }

    /// <summary>How old it is.</summary>
    /// <param name="now">The time.</param>
    public TimeSpan Age(DateTimeOffset now) => now - Taken;

    internal DiskFiles Files => DiskFiles.In(Directory, DiskId);

    /// <summary>The chain with the digests of what was read, or with what is wrong about them.</summary>
    internal RecoveryChain Compare(string overlay, string below)
    {
        if (Sha256 is { } wanted && wanted != overlay) return this with { Problem = $"the overlay has the SHA-256 {overlay} instead of {wanted}." };
        if (BaseSha256 is { } wantedBelow && wantedBelow != below) return this with { Problem = $"the base has the SHA-256 {below} instead of {wantedBelow}." };
        return this with { Sha256 = overlay, BaseSha256 = below };
    }

    /// <summary>The chain for people.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"disk {DiskId} of VM {VmId}, {(Generation is { } number ? FormattableString.Invariant($"generation {number}") : "as the original left it")}, ")
        + FormattableString.Invariant($"of {Taken.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");
}
