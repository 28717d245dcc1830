using System.Text;

namespace OneEdge.Storage;

/// <summary>How large images of given sizes become.</summary>
/// <param name="ClusterSize">The cluster size, in bytes.</param>
/// <param name="RefcountBits">The width of refcounts.</param>
/// <param name="L2EntrySize">8, or 16 for extended L2 entries.</param>
internal readonly record struct Qcow2Sizes(int ClusterSize, int RefcountBits = 16, int L2EntrySize = 8)
{
    private const int BitmapEntryBytes = 24;

    /// <summary>The clusters of the header, the tables and the refcounts of an image in which every cluster has a place, in bytes.</summary>
    public long Metadata(long virtualSize)
    {
        long data = RoundUp(virtualSize, ClusterSize);
        long l2Bytes = RoundUp(data / ClusterSize, ClusterSize / L2EntrySize) * L2EntrySize;
        long l1Bytes = RoundUp(l2Bytes / ClusterSize, ClusterSize / 8) * 8;
        long metadata = ClusterSize + l2Bytes + l1Bytes;
        return metadata + ((Refcounts((metadata + data) / ClusterSize, out long blocks) + blocks) * ClusterSize);
    }

    /// <summary>What persistent bitmaps take at most, in bytes.</summary>
    public long Bitmaps(IEnumerable<Qcow2Bitmap> bitmaps, long virtualSize)
    {
        long total = 0, directory = 0;
        foreach (Qcow2Bitmap bitmap in bitmaps)
        {
            if (bitmap.IsInUse) continue;
            long bytes = Divide(Divide(virtualSize, bitmap.Granularity), 8), clusters = Divide(bytes, ClusterSize);
            total += (clusters * ClusterSize) + RoundUp(clusters * 8, ClusterSize);
            directory += RoundUp(BitmapEntryBytes + Encoding.UTF8.GetByteCount(bitmap.Name), 8);
        }

        return total + RoundUp(directory, ClusterSize);
    }

    /// <summary>The clusters of the refcount table (returned) and of the refcount blocks that count some clusters and themselves.</summary>
    public long Refcounts(long clusters, out long blocks)
    {
        long table = 0, last, all = 0;
        blocks = 0;
        do
        {
            last = all;
            blocks = Divide(clusters + table + blocks, ClusterSize * 8L / RefcountBits);
            table = Divide(blocks, ClusterSize / 8);
            all = clusters + blocks + table;
        }
        while (all != last);
        return table;
    }

    public static long RoundUp(long value, long unit) => Divide(value, unit) * unit;

    /// <summary>How many units hold a value.</summary>
    public static long Divide(long value, long unit) => (value / unit) + (value % unit > 0 ? 1 : 0);
}
