using System.Text.Json;

namespace OneEdge.Flow;

/// <summary>
/// A JSON object as it was read: with the order of its members, those that nobody here knows, and those that are <see langword="null"/>. What a type knows of
/// it stands in the properties of that type, which win over this when both are written.
/// </summary>
public readonly struct FlowMembers : IEquatable<FlowMembers>
{
    private readonly JsonElement _object;
    private readonly FlowMembersReading? _reading;

    internal FlowMembers(JsonElement value, FlowMembersReading? reading)
        : this(value) => _reading = reading;

    /// <summary>Wraps an object.</summary>
    /// <param name="value">The object; it must outlive its document, see <see cref="JsonElement.Clone"/>.</param>
    /// <exception cref="ArgumentException">It is no object.</exception>
    public FlowMembers(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw new ArgumentException("The value is no JSON object.", nameof(value));
        _object = value;
    }

    /// <summary>Whether there was no object: it was made by a program.</summary>
    public bool IsEmpty => _object.ValueKind == JsonValueKind.Undefined;

    /// <summary>What the object was read as, so that what is still the same need not be compared when it is written.</summary>
    internal FlowMembersReading? Reading => _reading;

    /// <summary>The object; undefined when <see cref="IsEmpty"/>.</summary>
    public JsonElement Value => _object;

    /// <summary>Compares by value, the order of members included.</summary>
    public static bool operator ==(FlowMembers left, FlowMembers right) => left.Equals(right);

    /// <summary>The opposite of <c>==</c>.</summary>
    public static bool operator !=(FlowMembers left, FlowMembers right) => !left.Equals(right);

    /// <summary>Looks for a member.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return !IsEmpty && _object.TryGetProperty(name, out value);
    }

    /// <inheritdoc/>
    public bool Equals(FlowMembers other) => IsEmpty ? other.IsEmpty : !other.IsEmpty && _object.GetRawText() == other._object.GetRawText();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FlowMembers other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => IsEmpty ? 0 : _object.GetRawText().GetHashCode(StringComparison.Ordinal);
}
