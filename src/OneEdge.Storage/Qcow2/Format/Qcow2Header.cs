namespace OneEdge.Storage;

/// <summary>The header of a qcow2 image. Offsets and sizes are in bytes.</summary>
public sealed record Qcow2Header
{
    /// <summary>2 or 3.</summary>
    public required int Version { get; init; }

    /// <summary>The binary logarithm of the cluster size, 9 to 21.</summary>
    public required int ClusterBits { get; init; }

    /// <summary>The cluster size: 512 to 2,097,152.</summary>
    public int ClusterSize => 1 << ClusterBits;

    /// <summary>What the guest sees, rounded down to a multiple of 512 as qemu does.</summary>
    public required long VirtualSize { get; init; }

    /// <summary>The name of the backing file as it is stored; <see langword="null"/> without one.</summary>
    public string? BackingFile { get; init; }

    /// <summary>The format of the backing file; <see langword="null"/> when the image does not give it.</summary>
    public string? BackingFormat { get; init; }

    /// <summary>How guest data is encrypted.</summary>
    public Qcow2EncryptionMethod EncryptionMethod { get; init; }

    /// <summary>The number of entries of the active L1 table.</summary>
    public required int L1Size { get; init; }

    /// <summary>Where the active L1 table begins.</summary>
    public required long L1TableOffset { get; init; }

    /// <summary>Where the refcount table begins.</summary>
    public required long RefcountTableOffset { get; init; }

    /// <summary>The size of the refcount table, in clusters.</summary>
    public required int RefcountTableClusters { get; init; }

    /// <summary>The number of internal snapshots.</summary>
    public int SnapshotCount { get; init; }

    /// <summary>Where the snapshot table begins.</summary>
    public long SnapshotsOffset { get; init; }

    /// <summary>Features that must be known.</summary>
    public Qcow2IncompatibleFeatures IncompatibleFeatures { get; init; }

    /// <summary>Features that may be passed over; unknown bits are kept.</summary>
    public Qcow2CompatibleFeatures CompatibleFeatures { get; init; }

    /// <summary>Features that a writer clears when it does not know them; unknown bits are kept.</summary>
    public Qcow2AutoclearFeatures AutoclearFeatures { get; init; }

    /// <summary>The binary logarithm of the width of a refcount, 0 to 6; 4 in version 2.</summary>
    public int RefcountOrder { get; init; } = 4;

    /// <summary>The width of a refcount, 1 to 64 bits.</summary>
    public int RefcountBits => 1 << RefcountOrder;

    /// <summary>The length of the header, 72 in version 2.</summary>
    public required int HeaderLength { get; init; }

    /// <summary>How clusters are compressed.</summary>
    public Qcow2CompressionType CompressionType { get; init; }

    /// <summary>All header extensions in the order of the file.</summary>
    public IReadOnlyList<Qcow2HeaderExtension> Extensions { get; init; } = [];

    /// <summary>Whether L2 entries have 128 bits.</summary>
    public bool HasExtendedL2 => (IncompatibleFeatures & Qcow2IncompatibleFeatures.ExtendedL2) == Qcow2IncompatibleFeatures.ExtendedL2;

    /// <summary>Whether guest data lies in another file.</summary>
    public bool HasExternalDataFile =>
        (IncompatibleFeatures & Qcow2IncompatibleFeatures.ExternalDataFile) == Qcow2IncompatibleFeatures.ExternalDataFile;

    // HasFlag would make objects of its arguments in code that is not optimised yet, for each cluster that is read.
    internal bool HasRawDataFile => (AutoclearFeatures & Qcow2AutoclearFeatures.RawExternalData) == Qcow2AutoclearFeatures.RawExternalData;

    /// <summary>The name of the external data file as it is stored; <see langword="null"/> when none is given.</summary>
    public string? DataFile { get; init; }

    /// <summary>The size of an L2 entry: 8 or 16.</summary>
    internal int L2EntrySize => HasExtendedL2 ? 16 : 8;

    /// <summary>The number of entries of an L2 table.</summary>
    internal int L2EntryCount => ClusterSize / L2EntrySize;

    /// <summary>How much of the guest one L2 table covers.</summary>
    internal long L2Coverage => (long)L2EntryCount << ClusterBits;

    /// <summary>The unit of allocation: a cluster, or a 32nd of it.</summary>
    internal int SubclusterSize => HasExtendedL2 ? ClusterSize / 32 : ClusterSize;
}
