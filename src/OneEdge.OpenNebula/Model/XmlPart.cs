namespace OneEdge.OpenNebula;

/// <summary>
/// An element as it came with an answer, whose well-formedness and characters are checked. Two that say the same in the same bytes are equal.
/// </summary>
internal readonly struct XmlPart(ReadOnlyMemory<byte> bytes) : IEquatable<XmlPart>
{
    public ReadOnlyMemory<byte> Bytes => bytes;

    public bool IsEmpty => bytes.IsEmpty;

    public bool Equals(XmlPart other) => bytes.Span.SequenceEqual(other.Bytes.Span);

    public override bool Equals(object? obj) => obj is XmlPart other && Equals(other);

    public override int GetHashCode() => bytes.Length;
}
