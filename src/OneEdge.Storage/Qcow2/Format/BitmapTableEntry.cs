namespace OneEdge.Storage;

/// <summary>Bits of the entries of tables of persistent bitmaps.</summary>
internal static class BitmapTableEntry
{
    private const ulong Reserved = 0xff00_0000_0000_01fe;
    private const ulong AllOnes = 1;

    /// <summary>Where the cluster of an entry lies; 0 when all its bits are alike and it has none.</summary>
    public static long Offset(ulong entry) => (long)(entry & TableEntry.OffsetMask);

    /// <summary>Whether an entry means nothing: reserved bits, a cluster and its bits at once, or no beginning of a cluster.</summary>
    public static bool IsWrong(ulong entry, int clusterSize) =>
        (entry & Reserved) != 0 || (Offset(entry) != 0 && ((entry & AllOnes) != 0 || (Offset(entry) & (clusterSize - 1)) != 0));
}
