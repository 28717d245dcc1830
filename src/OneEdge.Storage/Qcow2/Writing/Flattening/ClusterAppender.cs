using System.Buffers.Binary;
using static OneEdge.Storage.HeaderFields;

namespace OneEdge.Storage;

/// <summary>
/// Gives out the clusters of a new image one after the other, and counts their users. Blocks of counters are written as soon as nothing can change in
/// them, so that memory
/// does not grow with the image.
/// </summary>
internal sealed class ClusterAppender(StagedFile file, Qcow2CreateOptions options)
{
    private const int EntryBytes = 8;

    private readonly int _perBlock = RefcountBlock.Count(options.ClusterSize, options.RefcountOrder);
    private readonly long _max = RefcountBlock.Max(options.RefcountOrder);
    private readonly Dictionary<int, byte[]> _open = [];
    private readonly List<long> _written = [];
    private long _next;
    private long _tail;

    /// <summary>How many clusters are given out.</summary>
    public long Count => _next;

    /// <summary>Gives out clusters that lie together.</summary>
    /// <returns>Where they begin.</returns>
    public long Clusters(long count)
    {
        long first = _next;
        _next += count;
        for (long cluster = first; cluster < _next; cluster++) Increment(cluster);
        WriteFullBlocks();
        return first << options.ClusterBits;
    }

    /// <summary>Gives out bytes for a compressed cluster, which shares clusters of the file with its neighbours.</summary>
    /// <returns>Where they begin.</returns>
    public long Bytes(int length)
    {
        long within = _tail & (options.ClusterSize - 1), left = within == 0 ? 0 : options.ClusterSize - within, last = _tail >> options.ClusterBits;
        bool fits = left >= length || (left > 0 && last + 1 == _next);
        if (left == 0 || !fits || Get(last) >= _max)
        {
            // First the end, so that the counters of this cluster stay open.
            _tail = (_next << options.ClusterBits) + length;
            return Clusters(1);
        }

        long offset = _tail;
        _tail += length;
        Increment(last);
        if (length > left) Clusters(1);
        return offset;
    }

    /// <summary>Writes what is left of the counters, and the table of their blocks.</summary>
    /// <returns>Where the table lies, and how many clusters it has.</returns>
    /// <exception cref="Qcow2Exception">It would be larger than a table may be.</exception>
    public (long TableOffset, int TableClusters) Finish()
    {
        long blocks = _written.Count, tableClusters = 0;
        while (true)
        {
            long total = _next + (blocks - _written.Count) + tableClusters;
            long neededBlocks = Qcow2Sizes.Divide(total, _perBlock);
            long neededTable = Qcow2Sizes.Divide(neededBlocks * EntryBytes, options.ClusterSize);
            if (neededBlocks <= blocks && neededTable <= tableClusters) break;
            (blocks, tableClusters) = (Math.Max(blocks, neededBlocks), Math.Max(tableClusters, neededTable));
        }

        if (tableClusters * options.ClusterSize > MaxRefcountTableBytes)
        {
            throw new Qcow2Exception(
                StorageErrorCodes.NotPossible, file.Name, $"the image is too big for clusters of {options.ClusterSize} bytes; use larger clusters.");
        }

        long firstBlock = _next, table = firstBlock + blocks - _written.Count;
        while (_next < table + tableClusters) Increment(_next++);
        for (int index = _written.Count; index < blocks; index++) Write(index, (firstBlock++) << options.ClusterBits);
        byte[] entries = new byte[_written.Count * EntryBytes];
        for (int i = 0; i < _written.Count; i++) BinaryPrimitives.WriteInt64BigEndian(entries.AsSpan(i * EntryBytes), _written[i]);
        file.Write(table << options.ClusterBits, entries);
        return (table << options.ClusterBits, (int)tableClusters);
    }

    private long Get(long cluster) => RefcountBlock.Get(Block(cluster), (int)(cluster % _perBlock), options.RefcountOrder);

    private void Increment(long cluster)
    {
        byte[] block = Block(cluster);
        int index = (int)(cluster % _perBlock);
        RefcountBlock.Set(block, index, options.RefcountOrder, RefcountBlock.Get(block, index, options.RefcountOrder) + 1);
    }

    private byte[] Block(long cluster)
    {
        int index = (int)(cluster / _perBlock);
        if (!_open.TryGetValue(index, out byte[]? block)) _open.Add(index, block = new byte[options.ClusterSize]);
        return block;
    }

    // The cluster in which a compressed one ended may get another user.
    private void WriteFullBlocks()
    {
        long settled = (_tail & (options.ClusterSize - 1)) == 0 ? _next : Math.Min(_next, _tail >> options.ClusterBits);
        while (_written.Count < settled / _perBlock)
        {
            long cluster = _next++;
            Increment(cluster);
            Write(_written.Count, cluster << options.ClusterBits);
        }
    }

    private void Write(int index, long offset)
    {
        if (_open.Remove(index, out byte[]? block)) file.WriteData(offset, block);
        _written.Add(offset);
    }
}
