namespace OneEdge.Storage.Replicas;

/// <summary>An action with its arguments, checked and typed.</summary>
public sealed record TransferRequest
{
    /// <summary>Names an action.</summary>
    /// <param name="action">The action.</param>
    /// <param name="source">What it reads, or acts on.</param>
    /// <param name="facts">What the documents say.</param>
    public TransferRequest(TransferAction action, HostPath source, TransferFacts facts)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(facts);
        (Action, Source, Facts) = (action, source, facts);
    }

    /// <summary>The action.</summary>
    public TransferAction Action { get; }

    /// <summary>What it reads, or acts on: an image, a disk or the directory of a virtual machine.</summary>
    public HostPath Source { get; init; }

    /// <summary>What it writes, when that is something else than <see cref="Source"/>.</summary>
    public HostPath? Destination { get; init; }

    /// <summary>The datastore of the arguments.</summary>
    public int? DatastoreId { get; init; }

    /// <summary>The snapshot; <see langword="null"/> for the disk itself.</summary>
    public int? SnapshotId { get; init; }

    /// <summary>The new size, in MiB.</summary>
    public long? SizeMb { get; init; }

    /// <summary>The format of a new volatile disk.</summary>
    public string? Format { get; init; }

    /// <summary>What the documents say.</summary>
    public TransferFacts Facts { get; init; }
}
