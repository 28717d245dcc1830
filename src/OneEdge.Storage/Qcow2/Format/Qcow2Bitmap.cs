namespace OneEdge.Storage;

/// <summary>A persistent bitmap of an image, which records what the guest has written.</summary>
public sealed record Qcow2Bitmap
{
    /// <summary>The name, unique in the image.</summary>
    public required string Name { get; init; }

    /// <summary>How many bytes of the guest one bit stands for.</summary>
    public required long Granularity { get; init; }

    /// <summary>Whether a program did not save it, so that its content cannot be trusted.</summary>
    public bool IsInUse { get; init; }

    /// <summary>Whether writes are recorded.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Where its table begins.</summary>
    internal long TableOffset { get; init; }

    /// <summary>The number of entries of its table.</summary>
    internal int TableSize { get; init; }
}
