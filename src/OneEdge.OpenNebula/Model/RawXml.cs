namespace OneEdge.OpenNebula;

/// <summary>The element that an object was read from. Objects are compared by what they say, whatever they were read from.</summary>
internal readonly struct RawXml(XmlPart part) : IEquatable<RawXml>
{
    public ReadOnlyMemory<byte> Bytes => part.Bytes;

    public XmlPart Part => part;

    public bool Equals(RawXml other) => true;

    public override bool Equals(object? obj) => obj is RawXml;

    public override int GetHashCode() => 0;
}
