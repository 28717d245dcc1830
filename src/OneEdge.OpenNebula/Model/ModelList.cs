using System.Collections;

namespace OneEdge.OpenNebula;

/// <summary>A list inside of a record: equal to another one that holds the same.</summary>
internal sealed class ModelList<T> : IReadOnlyList<T>, IEquatable<ModelList<T>>
{
    private readonly T[] _items;

    private ModelList(T[] items) => _items = items;

    public static ModelList<T> Empty { get; } = new([]);

    public int Count => _items.Length;

    public T this[int index] => _items[index];

    public static ModelList<T> Of(List<T>? items) => items is null ? Empty : new([.. items]);

    public static ModelList<T> Of(ReadOnlySpan<T> items) => items.IsEmpty ? Empty : new(items.ToArray());

    public bool Equals(ModelList<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    public override bool Equals(object? obj) => Equals(obj as ModelList<T>);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (T item in _items) hash.Add(item);
        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
