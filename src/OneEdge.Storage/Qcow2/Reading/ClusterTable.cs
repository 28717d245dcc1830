using System.Buffers.Binary;

namespace OneEdge.Storage;

/// <summary>Where a qcow2 image keeps the parts of the guest: its L1 table, active or of a snapshot, and the L2 tables below.</summary>
internal sealed class ClusterTable
{
    private readonly Qcow2Layer _layer;
    private readonly Qcow2Header _header;
    private readonly TableCache _cache;
    private readonly long _l1Offset;
    private readonly long _l1Size;
    private byte[]? _l1;
    private volatile LastTable? _last;

    /// <summary>Prepares reading; nothing is read yet.</summary>
    /// <param name="layer">The image.</param>
    /// <param name="l1Offset">Where the L1 table begins, a multiple of the cluster size.</param>
    /// <param name="l1Size">How many entries it has.</param>
    /// <param name="virtualSize">The virtual size, in bytes.</param>
    /// <param name="cache">Keeps the L2 tables.</param>
    public ClusterTable(Qcow2Layer layer, long l1Offset, long l1Size, long virtualSize, TableCache cache)
    {
        (_layer, _header, _cache, _l1Offset, _l1Size, VirtualSize) = (layer, layer.Header, cache, l1Offset, l1Size, virtualSize);
    }

    /// <summary>The table of an internal snapshot.</summary>
    /// <exception cref="Qcow2Exception">The table is too large, too small or misplaced.</exception>
    public static ClusterTable OfSnapshot(Qcow2Layer layer, Qcow2Snapshot snapshot, TableCache cache)
    {
        Qcow2Header header = layer.Header;
        string? wrong = snapshot.L1Size > HeaderFields.MaxL1Bytes / 8 ? $"has {snapshot.L1Size} entries"
            : snapshot.L1TableOffset < 0 || (snapshot.L1TableOffset & (header.ClusterSize - 1)) != 0
                || snapshot.L1TableOffset > long.MaxValue - HeaderFields.MaxL1Bytes
                ? $"begins at 0x{snapshot.L1TableOffset:x}"
            : snapshot.VirtualSize < 0 || Qcow2Sizes.Divide(snapshot.VirtualSize, header.L2Coverage) > snapshot.L1Size
                ? $"has {snapshot.L1Size} entries, too few for {snapshot.VirtualSize} bytes"
            : null;
        if (wrong is not null)
            throw new Qcow2Exception(StorageErrorCodes.SnapshotTable, layer.File, $"the snapshot '{snapshot.Id}' cannot be read: its L1 table {wrong}.");
        return new ClusterTable(layer, snapshot.L1TableOffset, snapshot.L1Size, snapshot.VirtualSize & ~(HeaderFields.SectorSize - 1L), cache);
    }

    public long VirtualSize { get; }

    /// <summary>What the image has at an offset of the guest, and how far it goes.</summary>
    /// <param name="offset">The offset, below the virtual size.</param>
    /// <param name="length">How much is asked for.</param>
    /// <exception cref="Qcow2Exception">An entry is corrupt.</exception>
    public Extent Find(long offset, long length)
    {
        length = Math.Min(length, VirtualSize - offset);
        long coverage = _header.L2Coverage, index = offset / coverage, within = offset % coverage;
        ulong entry = L1Entry(index);
        if ((entry & TableEntry.OffsetMask) == 0) return new Extent(ExtentKind.Unallocated, Math.Min(length, EmptyTables(index, offset, length)));
        long tableOffset = (long)(entry & TableEntry.OffsetMask);
        if ((tableOffset & (_header.ClusterSize - 1)) != 0)
            throw Corrupt($"L1 entry {index} points to an L2 table at 0x{tableOffset:x}, which is no multiple of the cluster size.", _l1Offset + (index * 8));
        var table = new L2Table(Table(tableOffset), tableOffset, _layer);
        return table.Find(within, Math.Min(length, coverage - within));
    }

    // The table that was used last is asked for again most of the time.
    private byte[] Table(long offset)
    {
        if (_last is { } last && last.Offset == offset) return last.Bytes;
        byte[] bytes = _cache.Get(_layer.Source, offset, _header.ClusterSize);
        _last = new LastTable(offset, bytes);
        return bytes;
    }

    // How far the guest is without L2 tables, from an offset whose table is missing.
    private long EmptyTables(long index, long offset, long length)
    {
        long coverage = _header.L2Coverage, end = (index + 1) * coverage;
        while (end - offset < length && (L1Entry(++index) & TableEntry.OffsetMask) == 0) end += coverage;
        return end - offset;
    }

    private ulong L1Entry(long index)
    {
        byte[] table = _l1 ??= ReadL1();
        return (index + 1) * 8 <= table.Length ? BinaryPrimitives.ReadUInt64BigEndian(table.AsSpan((int)index * 8)) : 0;
    }

    // What lies behind the end of the file reads as zeroes: not read, not kept.
    private byte[] ReadL1()
    {
        long length = Math.Min(_l1Size * 8, Math.Max(0, _layer.Source.Length - _l1Offset));
        byte[] table = GC.AllocateUninitializedArray<byte>((int)((length + 7) & ~7));
        _layer.Source.ReadPadded(_l1Offset, table);
        return table;
    }

    private Qcow2Exception Corrupt(string reason, long at) => new(StorageErrorCodes.CorruptTable, _layer.File, reason, at);

    private sealed record LastTable(long Offset, byte[] Bytes);
}
