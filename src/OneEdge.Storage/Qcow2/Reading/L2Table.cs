using System.Buffers.Binary;
using System.Numerics;

namespace OneEdge.Storage;

/// <summary>One L2 table. Host offsets of extents are counted in <see cref="Qcow2Layer.Data"/>.</summary>
internal readonly struct L2Table(byte[] bytes, long tableOffset, Qcow2Layer layer)
{
    private const int Subclusters = 32;
    private readonly Qcow2Header _header = layer.Header;

    /// <summary>What the image has at an offset of the part that this table covers.</summary>
    /// <param name="within">The offset within that part.</param>
    /// <param name="length">How much is asked for, not more than the table covers.</param>
    public Extent Find(long within, long length)
    {
        Extent first = At(within);
        int unit = first.Kind == ExtentKind.Compressed ? _header.ClusterSize : _header.SubclusterSize;
        long end = within + length, position = (within & ~(unit - 1L)) + first.Length;
        if (first.Kind == ExtentKind.Compressed) return first with { Length = Math.Min(length, position - within) };
        while (position < end)
        {
            Extent next = At(position);
            if (next.Kind != first.Kind) break;
            if (next.HasPlace && next.HostOffset != first.HostOffset + (position - within)) break;
            position += next.Length;
        }

        return first with { Length = Math.Min(end, position) - within };
    }

    // The extent at an offset; its length is counted from the beginning of the subcluster (of the cluster when it is compressed), its host offset from the
    // offset.
    private Extent At(long within)
    {
        int index = (int)(within >> _header.ClusterBits);
        ulong entry = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(index * _header.L2EntrySize));
        if (_header.HasExtendedL2) return Extended(index, entry, within);
        if ((entry & TableEntry.Compressed) != 0) return CompressedAt(index, entry);
        long host = HostOffset(index, entry);
        bool hasHost = HasHost(entry), isZero = (entry & TableEntry.ReadsAsZeroes) != 0;
        if (isZero && _header.Version < 3) throw Corrupt(index, "has a zero cluster, which version 2 does not know");
        ExtentKind kind = isZero ? (hasHost ? ExtentKind.ZeroAllocated : ExtentKind.Zero) : hasHost ? ExtentKind.Data : ExtentKind.Unallocated;
        return new Extent(kind, _header.ClusterSize, host + (within & (_header.ClusterSize - 1)));
    }

    private Extent Extended(int index, ulong entry, long within)
    {
        ulong bitmap = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan((index * 16) + 8));
        if ((entry & TableEntry.Compressed) != 0)
            return bitmap == 0 ? CompressedAt(index, entry) : throw Corrupt(index, $"has a compressed cluster with subclusters 0x{bitmap:x}");
        uint allocated = (uint)bitmap, zeroes = (uint)(bitmap >> Subclusters);
        if ((allocated & zeroes) != 0) throw Corrupt(index, $"says of subclusters that they hold data and read as zeroes (0x{bitmap:x})");
        bool hasHost = HasHost(entry);
        if (allocated != 0 && !hasHost) throw Corrupt(index, $"says of subclusters that they hold data, but not where (0x{bitmap:x})");
        long host = HostOffset(index, entry);

        int subcluster = (int)((within & (_header.ClusterSize - 1)) / _header.SubclusterSize);
        bool isAllocated = ((allocated >> subcluster) & 1) != 0, isZero = ((zeroes >> subcluster) & 1) != 0;
        ExtentKind kind = isAllocated ? ExtentKind.Data
            : isZero ? (hasHost ? ExtentKind.ZeroAllocated : ExtentKind.Zero)
            : hasHost ? ExtentKind.UnallocatedKept : ExtentKind.Unallocated;
        // As many subclusters as are alike.
        uint differs = (isAllocated ? ~allocated : isZero ? ~zeroes : allocated | zeroes) >> subcluster;
        int alike = Math.Min(BitOperations.TrailingZeroCount(differs), Subclusters - subcluster);
        return new Extent(kind, (long)alike * _header.SubclusterSize, host + (within & (_header.ClusterSize - 1)));
    }

    private Extent CompressedAt(int index, ulong entry)
    {
        if (layer.DataFile is not null) throw Corrupt(index, "has a compressed cluster, which an external data file cannot hold");
        return new Extent(
            ExtentKind.Compressed,
            _header.ClusterSize,
            TableEntry.CompressedOffset(entry, _header.ClusterBits),
            TableEntry.CompressedSize(entry, _header.ClusterBits));
    }

    // An external data file may hold data at its very beginning; the flag COPIED tells that from an empty entry.
    private bool HasHost(ulong entry) => (entry & TableEntry.OffsetMask) != 0 || (layer.DataFile is not null && (entry & TableEntry.Copied) != 0);

    private long HostOffset(int index, ulong entry)
    {
        long host = (long)(entry & TableEntry.OffsetMask);
        return (host & (_header.ClusterSize - 1)) == 0 ? host : throw Corrupt(
            index, $"points to a cluster at 0x{host:x}, which is no multiple of the cluster size");
    }

    private Qcow2Exception Corrupt(int index, string what) =>
        new(StorageErrorCodes.CorruptTable, layer.File, $"L2 entry {index} {what}.", tableOffset + ((long)index * _header.L2EntrySize));
}
