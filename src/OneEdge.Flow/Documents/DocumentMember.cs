using System.Text;
using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>A member of a document that a type knows: how it is compared with what the document says, and written.</summary>
/// <typeparam name="T">The type.</typeparam>
internal sealed class DocumentMember<T>
{
    private readonly JsonEncodedText _name;

    public DocumentMember(string name)
    {
        Name = name;
        Utf8Name = Encoding.UTF8.GetBytes(name);
        _name = JsonEncodedText.Encode(name);
    }

    public string Name { get; }

    public byte[] Utf8Name { get; }

    /// <summary>Whether a member that is there says what the value says: then it is left as it is.</summary>
    public required Func<T, JsonElement, bool> Says { get; init; }

    /// <summary>Whether there is something to write when the member is there and says something else; if not, it goes.</summary>
    public required Func<T, bool> HasValue { get; init; }

    /// <summary>Whether there is something to write over what is there, when that depends on it; <see langword="null"/> for <see cref="HasValue"/>.</summary>
    public Func<JsonElement, T, bool>? HasValueOver { get; init; }

    /// <summary>Whether it is written when it is not there; <see langword="null"/> for <see cref="HasValue"/>.</summary>
    public Func<T, bool>? IsAppended { get; init; }

    /// <summary>Writes the value; what is there now comes along, undefined when nothing is.</summary>
    public required Action<Utf8JsonWriter, T, JsonElement> WriteValue { get; init; }

    public void Overlay(Utf8JsonWriter writer, T value, JsonElement present)
    {
        if (Says(value, present))
        {
            writer.WritePropertyName(_name);
            LenientJson.WriteRaw(writer, present);
        }
        else if (HasValueOver?.Invoke(present, value) ?? HasValue(value))
        {
            writer.WritePropertyName(_name);
            WriteValue(writer, value, present);
        }
    }

    public void Append(Utf8JsonWriter writer, T value)
    {
        if (!(IsAppended ?? HasValue)(value)) return;
        writer.WritePropertyName(_name);
        WriteValue(writer, value, default);
    }
}
