namespace OneEdge.Storage;

/// <summary>
/// Offsets of the fixed fields of a header, and the limits of the format. Source: docs/interop/qcow2 of qemu, and block/qcow2.h for the limits.
/// </summary>
internal static class HeaderFields
{
    public const uint Magic = 0x514649FB;
    public const int Version2Length = 72;
    public const int Version3Length = 104;

    public const int VersionAt = 4;
    public const int BackingFileOffsetAt = 8;
    public const int BackingFileSizeAt = 16;
    public const int ClusterBitsAt = 20;
    public const int SizeAt = 24;
    public const int CryptMethodAt = 32;
    public const int L1SizeAt = 36;
    public const int L1TableOffsetAt = 40;
    public const int RefcountTableOffsetAt = 48;
    public const int RefcountTableClustersAt = 56;
    public const int SnapshotCountAt = 60;
    public const int SnapshotsOffsetAt = 64;
    public const int IncompatibleFeaturesAt = 72;
    public const int CompatibleFeaturesAt = 80;
    public const int AutoclearFeaturesAt = 88;
    public const int RefcountOrderAt = 96;
    public const int HeaderLengthAt = 100;
    public const int CompressionTypeAt = 104;

    public const int MinClusterBits = 9;
    public const int MaxClusterBits = 21;
    public const int MaxRefcountOrder = 6;
    public const int MaxBackingNameBytes = 1023;
    public const int MaxBackingFormatBytes = 15;
    public const int MaxL1Bytes = 32 << 20;
    public const int MaxRefcountTableBytes = 8 << 20;
    public const int MaxSnapshots = 65536;
    public const int MaxSnapshotTableBytes = 64 << 20;
    public const int MaxSnapshotExtraBytes = 1024;
    public const int SnapshotHeaderBytes = 40;
    public const int MaxBitmaps = 65535;
    public const long MaxBitmapDirectoryBytes = 1024L * MaxBitmaps;
    public const int MinSubclusterSize = 512;
    public const int SectorSize = 512;
}
