namespace OneEdge.Storage;

/// <summary>
/// What reading an image may cost. The format has limits of its own (an L1 table of 32 MiB, 65,536 snapshots, 65,535 bitmaps), which always hold;
/// these are for images that come from others.
/// </summary>
public sealed record Qcow2Limits
{
    /// <summary>The limits that apply unless others are given.</summary>
    public static Qcow2Limits Default { get; } = new();

    /// <summary>How many images a chain may have.</summary>
    /// <value>1,024 unless set.</value>
    public int MaxChainLength { get; init; } = 1024;

    /// <summary>The largest virtual size, in bytes.</summary>
    /// <value>No limit beyond those of the format unless set.</value>
    public long MaxVirtualSize { get; init; } = long.MaxValue;

    /// <summary>How much memory the tables of all images of a chain may take at once, in bytes; less is read again when it is needed again.</summary>
    /// <value>64 MiB unless set. One table of each kind is held in any case.</value>
    public long MaxTableBytes { get; init; } = 64L << 20;

    /// <summary>
    /// How much memory a check may take for the refcount table, references and findings, in bytes: about one byte for every cluster of the file that is in use,
    /// and 136 for a
    /// finding. When references need more, the check stops with an error; findings beyond it are counted, not kept. Refcount blocks take up to
    /// <see cref="MaxTableBytes"/> more.
    /// </summary>
    /// <value>512 MiB unless set: enough for an image file of 32 TiB with clusters of 64 KiB.</value>
    public long MaxCheckBytes { get; init; } = 512L << 20;

    /// <summary>How many rows of a map, findings of a check, or other items of one result are kept.</summary>
    /// <value>10,000,000 unless set.</value>
    public int MaxItems { get; init; } = 10_000_000;

    /// <summary>How long one operation may take.</summary>
    /// <value>No limit unless set.</value>
    public TimeSpan MaxDuration { get; init; } = Timeout.InfiniteTimeSpan;
}
