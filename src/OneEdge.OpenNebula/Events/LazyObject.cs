namespace OneEdge.OpenNebula;

/// <summary>The object of an event: read from the message when it is asked for, once.</summary>
internal sealed class LazyObject<T> : IEquatable<LazyObject<T>>
    where T : OpenNebulaObject
{
    private readonly ReadOnlyMemory<byte> _xml;
    private readonly Func<ReadOnlyMemory<byte>, T>? _read;
    private T? _value;

    /// <summary>An object that is at hand.</summary>
    public LazyObject(T value) => _value = value;

    /// <summary>An object that is still an element.</summary>
    /// <param name="xml">The element, well-formed and of checked characters.</param>
    /// <param name="read">Reads it.</param>
    public LazyObject(ReadOnlyMemory<byte> xml, Func<ReadOnlyMemory<byte>, T> read) => (_xml, _read) = (xml, read);

    // Two threads may read it at once; what they read is the same.
    public T Value => _value ??= _read!(_xml);

    public bool Equals(LazyObject<T>? other) =>
        other is not null && (ReferenceEquals(this, other) || HasSame(other));

    public override bool Equals(object? obj) => obj is LazyObject<T> other && Equals(other);

    public override int GetHashCode() => 0;

    private bool HasSame(LazyObject<T> other) =>
        _read is null || other._read is null ? Value.Equals(other.Value) : _xml.Span.SequenceEqual(other._xml.Span);
}
