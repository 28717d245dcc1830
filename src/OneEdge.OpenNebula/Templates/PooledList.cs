using System.Buffers;

namespace OneEdge.OpenNebula.Templates;

/// <summary>A list in an array of the shared pool, for one thread; <see cref="Return"/> gives the array back, empty.</summary>
internal struct PooledList<T>
{
    private const int FirstCapacity = 16;

    private T[]? _items;
    private int _count;

    public readonly ReadOnlySpan<T> Items => _items.AsSpan(0, _count);

    public void Add(T item)
    {
        if (_items is null) _items = ArrayPool<T>.Shared.Rent(FirstCapacity);
        else if (_count == _items.Length) Grow();
        _items[_count++] = item;
    }

    public readonly void Set(int index, T item) => _items.AsSpan(0, _count)[index] = item;

    public void Clear()
    {
        _items.AsSpan(0, _count).Clear();
        _count = 0;
    }

    public void Return()
    {
        if (_items is not { } items) return;
        Clear();
        _items = null;
        ArrayPool<T>.Shared.Return(items);
    }

    private void Grow()
    {
        T[] larger = ArrayPool<T>.Shared.Rent(_count * 2);
        Items.CopyTo(larger);
        int count = _count;
        Return();
        (_items, _count) = (larger, count);
    }
}
