namespace OneEdge.OpenNebula;

/// <summary>A part of an object that is read when somebody asks for it.</summary>
internal struct LazyPart<T> : IEquatable<LazyPart<T>>
    where T : class, IModel<T>
{
    private readonly XmlPart _part;
    private T? _value;

    public LazyPart(XmlPart part) => _part = part;

    public LazyPart(T? value) => _value = value;

    /// <summary>The part; <see langword="null"/> when the answer has none.</summary>
    public T? Get() => _value ??= ModelReader.Parse<T>(_part);

    public bool Equals(LazyPart<T> other) =>
        (_value is null && other._value is null && _part.Equals(other._part)) || EqualityComparer<T?>.Default.Equals(Get(), other.Get());

    public override bool Equals(object? obj) => obj is LazyPart<T> other && Equals(other);

    public override int GetHashCode() => _part.IsEmpty && _value is null ? 0 : 1;
}
