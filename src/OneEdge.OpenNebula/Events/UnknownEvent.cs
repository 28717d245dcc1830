namespace OneEdge.OpenNebula;

/// <summary>A message of a kind that this library does not know, as it came.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Payload">The payload: what its base64 stands for, or the bytes themselves when they are no base64.</param>
public sealed record UnknownEvent(string Topic, ReadOnlyMemory<byte> Payload) : CloudEvent
{
    /// <inheritdoc/>
    public bool Equals(UnknownEvent? other) => other is not null && Topic == other.Topic && Payload.Span.SequenceEqual(other.Payload.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Topic, Payload.Length);

    /// <summary>The topic and the size of the payload.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(UnknownEvent)} {Topic}: {Payload.Length} bytes");
}
