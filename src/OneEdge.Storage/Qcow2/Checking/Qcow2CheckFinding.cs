namespace OneEdge.Storage;

/// <summary>
/// One thing that a check found. Neighbouring clusters with the same fault are one finding, and so are entries of a table that is used several times.
/// </summary>
public sealed record Qcow2CheckFinding
{
    /// <summary>What is wrong.</summary>
    public required Qcow2CheckFindingKind Kind { get; init; }

    /// <summary>As what it counts.</summary>
    public Qcow2CheckEffect Effect => CheckText.EffectOf(Kind);

    /// <summary>How many leaks, corruptions or check errors it stands for.</summary>
    public long Count { get; init; } = 1;

    /// <summary>
    /// Where in the file, in bytes: of the table entry that is wrong, or of the first cluster; <see langword="null"/> where there is no one place.
    /// </summary>
    public long? FileOffset { get; init; }

    /// <summary>
    /// Which part of the guest it belongs to, in bytes; of several the first. <see langword="null"/> where it belongs to none, or behind the virtual size.
    /// </summary>
    public long? GuestOffset { get; init; }

    /// <summary>The value of the entry that is wrong, or the offset or size that it gives; 0 where there is none.</summary>
    public ulong Value { get; init; }

    /// <summary>The refcount that the image stores; <see langword="null"/> where that is not the question.</summary>
    public ulong? Refcount { get; init; }

    /// <summary>How many references were counted; <see langword="null"/> where that is not the question.</summary>
    public ulong? References { get; init; }

    /// <summary>The name of the snapshot, bitmap or table; <see langword="null"/> where there is none.</summary>
    public string? Name { get; init; }

    /// <summary>The finding in words, with its values.</summary>
    public string Message => CheckText.Of(this);

    /// <inheritdoc/>
    public override string ToString() => Message;
}
