namespace OneEdge.Storage;

/// <summary>Bits of the entries of L1 and L2 tables.</summary>
internal static class TableEntry
{
    public const ulong OffsetMask = 0x00ff_ffff_ffff_fe00;
    public const ulong Copied = 1UL << 63;
    public const ulong Compressed = 1UL << 62;
    public const ulong ReadsAsZeroes = 1;

    /// <summary>Reserved bits of an entry of an L1 table.</summary>
    public const ulong L1Reserved = 0x7f00_0000_0000_01ff;

    /// <summary>Reserved bits of an entry of an L2 table that is not compressed; bit 0 is one of them in extended entries.</summary>
    public const ulong L2Reserved = 0x3f00_0000_0000_01fe;

    public const int SectorSize = 512;

    /// <summary>Where the stream of a compressed cluster begins.</summary>
    public static long CompressedOffset(ulong entry, int clusterBits) => (long)(entry & ((1UL << CompressedSizeShift(clusterBits)) - 1));

    /// <summary>How many bytes the stream may have: up to the end of its last sector.</summary>
    public static int CompressedSize(ulong entry, int clusterBits)
    {
        int shift = CompressedSizeShift(clusterBits);
        int sectors = (int)((entry >> shift) & ((1UL << (clusterBits - 8)) - 1)) + 1;
        return (sectors * SectorSize) - (int)(CompressedOffset(entry, clusterBits) & (SectorSize - 1));
    }

    /// <summary>The entry of a compressed cluster.</summary>
    public static ulong ForCompressed(long offset, int length, int clusterBits)
    {
        long moreSectors = ((offset + length - 1) / SectorSize) - (offset / SectorSize);
        return Compressed | ((ulong)moreSectors << CompressedSizeShift(clusterBits)) | (ulong)offset;
    }

    private static int CompressedSizeShift(int clusterBits) => 62 - (clusterBits - 8);
}
