namespace OneEdge.Storage;

/// <summary>How an overlay is made.</summary>
public sealed record Qcow2OverlayOptions
{
    /// <summary>The options that apply unless others are given.</summary>
    public static Qcow2OverlayOptions Default { get; } = new();

    /// <summary>
    /// The format of the backing file, which the overlay records. It is never guessed: a guest could have written a qcow2 header on a raw disk. A backing
    /// file that is not of
    /// this format is refused.
    /// </summary>
    /// <value>qcow2 unless set.</value>
    public DiskImageFormat BackingFormat { get; init; } = DiskImageFormat.Qcow2;

    /// <summary>The virtual size in bytes, rounded up to a multiple of 512.</summary>
    /// <value>That of the backing file unless set.</value>
    public long? VirtualSize { get; init; }

    /// <summary>
    /// Whether the backing file and all below it are opened, which finds a missing file, a loop and a wrong format. Otherwise <see cref="VirtualSize"/>
    /// must be set, and
    /// the backing file need not be there yet.
    /// </summary>
    /// <value>Yes unless set.</value>
    public bool OpensBacking { get; init; } = true;

    /// <summary>How the backing file is opened.</summary>
    public Qcow2OpenOptions Open { get; init; } = Qcow2OpenOptions.Default;

    /// <summary>What the overlay is like.</summary>
    public Qcow2CreateOptions Create { get; init; } = Qcow2CreateOptions.Default;
}
