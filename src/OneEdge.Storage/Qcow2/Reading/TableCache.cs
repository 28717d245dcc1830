namespace OneEdge.Storage;

/// <summary>
/// Tables of the images of a chain, read when they are needed and given up, least recently used first, when they take more memory than allowed.
/// Bytes never change once they are here.
/// </summary>
internal sealed class TableCache(long capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(IBlockSource Source, long Offset), LinkedListNode<Item>> _items = [];
    private readonly LinkedList<Item> _order = new();
    private long _bytes;

    /// <summary>A table; what lies behind the end of the file reads as zeroes.</summary>
    public byte[] Get(IBlockSource source, long offset, int length)
    {
        (IBlockSource, long) key = (source, offset);
        lock (_lock)
        {
            if (_items.TryGetValue(key, out LinkedListNode<Item>? known) && known.Value.Bytes.Length == length)
            {
                _order.Remove(known);
                _order.AddFirst(known);
                return known.Value.Bytes;
            }
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        source.ReadPadded(offset, bytes);
        lock (_lock) Keep(key, bytes);
        return bytes;
    }

    private void Keep((IBlockSource, long) key, byte[] bytes)
    {
        if (_items.Remove(key, out LinkedListNode<Item>? old)) Forget(old);
        while (_order.Last is { } last && _bytes + bytes.Length > capacity)
        {
            _items.Remove(last.Value.Key);
            Forget(last);
        }

        _items.Add(key, _order.AddFirst(new Item(key, bytes)));
        _bytes += bytes.Length;
    }

    private void Forget(LinkedListNode<Item> item)
    {
        _order.Remove(item);
        _bytes -= item.Value.Bytes.Length;
    }

    private readonly record struct Item((IBlockSource Source, long Offset) Key, byte[] Bytes);
}
