using System.Runtime.InteropServices;
using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>
/// Writes an object as it was read, with the values of the members that a type knows in their places and those that are missing behind them, in the order of
/// its table. What nobody knows is copied.
/// </summary>
internal sealed class ObjectOverlay<T>(params DocumentMember<T>[] members)
{
    public void Write(Utf8JsonWriter writer, FlowMembers present, T value)
    {
        writer.WriteStartObject();
        uint seen = present.IsEmpty ? 0 : WritePresent(writer, present.Value, value);
        for (int i = 0; i < members.Length; i++)
        {
            if ((seen & (1u << i)) == 0) members[i].Append(writer, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Whether anything would be written: a value, or a member that nobody knows.</summary>
    public bool HasAny(JsonElement present, T value)
    {
        foreach (DocumentMember<T> member in members)
        {
            if (member.HasValue(value)) return true;
        }

        if (present.ValueKind != JsonValueKind.Object) return false;
        foreach (JsonProperty property in present.EnumerateObject())
        {
            if (IndexOf(property) < 0) return true;
        }

        return false;
    }

    private uint WritePresent(Utf8JsonWriter writer, JsonElement present, T value)
    {
        uint seen = 0;
        foreach (JsonProperty property in present.EnumerateObject())
        {
            int index = IndexOf(property);
            if (index >= 0)
            {
                // Of a name that is repeated the last one counts; it has to stand there once.
                if ((seen & (1u << index)) != 0) continue;
                seen |= 1u << index;
                members[index].Overlay(writer, value, present.TryGetProperty(members[index].Utf8Name, out JsonElement last) ? last : property.Value);
            }
            else
            {
                writer.WritePropertyName(property.Name);
                LenientJson.WriteRaw(writer, property.Value);
            }
        }

        return seen;
    }

    private int IndexOf(JsonProperty property)
    {
        ReadOnlySpan<byte> name = JsonMarshal.GetRawUtf8PropertyName(property);
        if (name.Contains((byte)'\\')) return IndexOf(property.Name);
        for (int i = 0; i < members.Length; i++)
        {
            if (name.SequenceEqual(members[i].Utf8Name)) return i;
        }

        return -1;
    }

    private int IndexOf(string name) => Array.FindIndex(members, member => member.Name == name);
}
