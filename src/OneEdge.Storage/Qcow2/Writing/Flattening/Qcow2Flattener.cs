using System.Buffers.Binary;

namespace OneEdge.Storage;

/// <summary>
/// Writes what the guest sees to a new qcow2 image: its clusters in the order of the guest, each part read, looked through and compressed by several
/// threads, then given a place by one, then written by several.
/// </summary>
internal sealed class Qcow2Flattener(
    GuestMap map, IReadOnlyList<GuestReader> readers, StagedFile file, Qcow2FlattenOptions options, FlattenMeter meter, OperationBudget budget) : IDisposable
{
    private const int BatchBytes = 4 << 20;
    private const int GroupBytes = 256 << 10;

    private readonly Qcow2CreateOptions _create = options.Create;
    private readonly ClusterEncoder?[] _encoders = FlattenWork.ForEachWorker(() => options.Compresses ? ClusterEncoder.Create(options.Create) : null);
    private readonly ClusterAppender _appender = new(file, options.Create);
    private readonly int _perTable = options.Create.ClusterSize / options.Create.L2EntrySize;
    private readonly int[] _workers = [.. Enumerable.Range(0, FlattenWork.Workers)];
    private ulong[] _l1 = [];
    private byte[] _table = [];
    private long _tableIndex = -1;

    public void Run()
    {
        int l1Size = NewImageLayout.L1SizeFor(map.Length, _create);
        _l1 = new ulong[l1Size];
        _table = new byte[_create.ClusterSize];
        _appender.Clusters(1);
        long l1Offset = _appender.Clusters(Qcow2Sizes.Divide(l1Size * 8L, _create.ClusterSize));
        var batch = new FlattenBatch(Math.Max(1, BatchBytes >> _create.ClusterBits), _create, options.Compresses);
        for (long offset = 0; offset < map.Length;)
        {
            budget.Check();
            long begin = offset;
            offset = Collect(batch, offset);
            long written = batch.Count == 0 ? 0 : Copy(batch);
            meter.Add(Math.Min(offset, map.Length) - begin, written);
        }

        Finish(l1Size, l1Offset);
    }

    public void Dispose()
    {
        foreach (ClusterEncoder? encoder in _encoders) encoder?.Dispose();
    }

    // Clusters of the guest, from an offset, that may have data.
    private long Collect(FlattenBatch batch, long offset)
    {
        batch.Clear();
        while (offset < map.Length && !batch.IsFull)
        {
            budget.Check();
            Extent extent = map.Find(offset, map.Length - offset).Extent;
            long end = offset + extent.Length, step = end == map.Length ? end : end & ~(_create.ClusterSize - 1L);
            if (extent.IsData || step <= offset)
            {
                batch.Add(offset);
                offset += _create.ClusterSize;
                while (offset < step && !batch.IsFull)
                {
                    batch.Add(offset);
                    offset += _create.ClusterSize;
                }
            }
            else
            {
                offset = step;
            }
        }

        return offset;
    }

    private long Copy(FlattenBatch batch)
    {
        int group = Math.Max(1, GroupBytes >> _create.ClusterBits);
        long groups = Qcow2Sizes.Divide(batch.Count, group);
        FlattenWork.InParallel(groups, _workers, (index, worker) => batch.Read((int)index * group, group, map.Length, readers[worker], _encoders[worker]));
        for (int slot = 0; slot < batch.Count; slot++) Place(batch, slot);
        long written = 0;
        FlattenWork.InParallel(groups, _workers, (index, _) => Interlocked.Add(ref written, batch.Write((int)index * group, group, file)));
        return written;
    }

    private void Place(FlattenBatch batch, int slot)
    {
        if (batch.IsZero(slot)) return;
        long cluster = batch.Offset(slot) >> _create.ClusterBits;
        SelectTable(cluster / _perTable);
        int packed = batch.PackedLength(slot);
        long host = packed > 0 ? _appender.Bytes(packed) : _appender.Clusters(1);
        batch.Place(slot, host);
        Span<byte> entry = _table.AsSpan((int)(cluster % _perTable) * _create.L2EntrySize);
        ulong value = packed > 0 ? TableEntry.ForCompressed(host, packed, _create.ClusterBits) : TableEntry.Copied | (ulong)host;
        BinaryPrimitives.WriteUInt64BigEndian(entry, value);
        if (_create.HasExtendedL2 && packed == 0) BinaryPrimitives.WriteUInt64BigEndian(entry[8..], uint.MaxValue);
    }

    // One table is at hand at a time: clusters come in the order of the guest.
    private void SelectTable(long index)
    {
        if (index == _tableIndex) return;
        WriteTable();
        _tableIndex = index;
        _l1[index] = TableEntry.Copied | (ulong)_appender.Clusters(1);
        _table.AsSpan().Clear();
    }

    private void WriteTable()
    {
        if (_tableIndex >= 0) file.WriteData((long)(_l1[_tableIndex] & TableEntry.OffsetMask), _table);
    }

    private void Finish(int l1Size, long l1Offset)
    {
        WriteTable();
        byte[] l1 = new byte[l1Size * 8];
        for (int i = 0; i < l1Size; i++) BinaryPrimitives.WriteUInt64BigEndian(l1.AsSpan(i * 8), _l1[i]);
        file.WriteData(l1Offset, l1);
        (long tableOffset, int tableClusters) = _appender.Finish();
        file.SetLength(_appender.Count << _create.ClusterBits);
        file.Write(0, new ImageHeader
        {
            Options = _create,
            VirtualSize = map.Length,
            L1Size = l1Size,
            L1TableOffset = l1Offset,
            RefcountTableOffset = tableOffset,
            RefcountTableClusters = tableClusters,
        }.ToBytes(file.Name));
    }
}
