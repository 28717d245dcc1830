namespace OneEdge.OpenNebula;

/// <summary>
/// An element as it came with an answer, whose well-formedness and characters are checked. Two that say the same in the same bytes are equal.
/// </summary>
internal readonly struct XmlPart(AnswerText answer, int start, int length) : IEquatable<XmlPart>
{
    /// <summary>The answer that the element is a part of; <see langword="null"/> for none.</summary>
    public AnswerText? Answer => answer;

    /// <summary>Where the element starts in the answer.</summary>
    public int Start => start;

    public ReadOnlyMemory<byte> Bytes => Answer is null ? default : Answer.Bytes.Slice(start, length);

    public bool IsEmpty => length == 0;

    public bool Equals(XmlPart other) => Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override bool Equals(object? obj) => obj is XmlPart other && Equals(other);

    public override int GetHashCode() => length;
}
