namespace OneEdge.Storage;

/// <summary>The kinds of findings of a check.</summary>
public enum Qcow2CheckFindingKind
{
    /// <summary>A cluster has a refcount, but nothing refers to it.</summary>
    LeakedCluster,

    /// <summary>A cluster has a larger refcount than references; counts as a leak.</summary>
    RefcountTooLarge,

    /// <summary>A cluster has a smaller refcount than references: a writer could overwrite it.</summary>
    RefcountTooSmall,

    /// <summary>The same, and the cluster holds metadata, which only one thing may refer to.</summary>
    MetadataOverlap,

    /// <summary>A cluster has more references than the width of refcounts can tell.</summary>
    RefcountOverflow,

    /// <summary>A refcount cannot be read because its block cannot.</summary>
    RefcountUnreadable,

    /// <summary>An entry of the refcount table has reserved bits.</summary>
    RefcountTableReservedBits,

    /// <summary>A refcount block does not begin at a multiple of the cluster size.</summary>
    RefcountBlockUnaligned,

    /// <summary>A refcount block lies behind the end of the file.</summary>
    RefcountBlockPastEnd,

    /// <summary>A refcount block is not referred to exactly once.</summary>
    RefcountBlockShared,

    /// <summary>Something refers to a part of the file that lies behind its end, by a cluster or more.</summary>
    ReferencePastEnd,

    /// <summary>An L1 entry has reserved bits.</summary>
    L1ReservedBits,

    /// <summary>An L1 entry says wrongly whether its L2 table has a refcount of one.</summary>
    L1CopiedFlag,

    /// <summary>An L2 table does not begin at a multiple of the cluster size.</summary>
    L2TableUnaligned,

    /// <summary>An L2 entry has reserved bits.</summary>
    L2ReservedBits,

    /// <summary>An L2 entry says wrongly whether its cluster has a refcount of one.</summary>
    L2CopiedFlag,

    /// <summary>A cluster with data does not begin at a multiple of the cluster size.</summary>
    DataClusterUnaligned,

    /// <summary>A cluster that is kept for zeroes does not begin at a multiple of the cluster size.</summary>
    ZeroClusterUnaligned,

    /// <summary>A compressed cluster claims to have a refcount of one, which compressed clusters must not.</summary>
    CompressedCopiedFlag,

    /// <summary>A compressed cluster in an image with an external data file.</summary>
    CompressedWithDataFile,

    /// <summary>A compressed cluster with a bitmap of subclusters.</summary>
    CompressedSubclusters,

    /// <summary>Subclusters that hold data and read as zeroes at once.</summary>
    SubclusterBitmap,

    /// <summary>Subclusters that hold data, in a cluster that has no place in the file.</summary>
    SubclustersWithoutCluster,

    /// <summary>An entry of the snapshot table lacks the fields that version 3 demands.</summary>
    SnapshotIncomplete,

    /// <summary>The L1 table of a snapshot does not begin at a multiple of the cluster size.</summary>
    SnapshotL1Unaligned,

    /// <summary>The L1 table of a snapshot is larger than 32 MiB.</summary>
    SnapshotL1TooLarge,

    /// <summary>The image has snapshots and an external data file, which exclude each other.</summary>
    SnapshotsWithDataFile,

    /// <summary>An entry of the table of a bitmap has reserved bits, or does not point to a multiple of the cluster size.</summary>
    BitmapTableEntry,

    /// <summary>The file has more clusters than can be checked, 2,147,483,647.</summary>
    TooManyClusters,

    /// <summary>A table lies where no file has anything.</summary>
    TableOutOfReach,

    /// <summary>The file cannot be read.</summary>
    ReadFailed,
}
