using System.Collections.Immutable;
using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>The kinds of members that most types have.</summary>
internal static class Values
{
    /// <summary>A whole number, or none.</summary>
    public static DocumentMember<T> Int<T>(string name, Func<T, int?> get) => new(name)
    {
        Says = (value, present) => LenientJson.Int(present) == get(value),
        HasValue = value => get(value) is not null,
        WriteValue = (writer, value, _) => writer.WriteNumberValue(get(value)!.Value),
    };

    /// <summary>A whole number that is zero when it is absent.</summary>
    public static DocumentMember<T> Count<T>(string name, Func<T, int> get, Func<T, bool> isAppended) => new(name)
    {
        Says = (value, present) => (LenientJson.Int(present) ?? 0) == get(value),
        HasValue = _ => true,
        IsAppended = isAppended,
        WriteValue = (writer, value, _) => writer.WriteNumberValue(get(value)),
    };

    /// <summary>A text, or none.</summary>
    public static DocumentMember<T> Text<T>(string name, Func<T, string?> get, Func<T, bool>? isAppended = null) => new(name)
    {
        Says = (value, present) => LenientJson.Says(present, get(value)),
        HasValue = value => get(value) is not null,
        IsAppended = isAppended,
        WriteValue = (writer, value, _) => writer.WriteStringValue(get(value)),
    };

    /// <summary>A text that stands for a value, compared by what it means.</summary>
    public static DocumentMember<T> Word<T, TValue>(
        string name, Func<T, TValue> get, Func<string?, TValue> parse, Func<TValue, string?> print, Func<T, bool>? isAppended = null) => new(name)
        {
            Says = (value, present) => EqualityComparer<TValue>.Default.Equals(parse(LenientJson.Text(present)), get(value)),
            HasValue = value => print(get(value)) is not null,
            IsAppended = isAppended,
            WriteValue = (writer, value, _) => writer.WriteStringValue(print(get(value))),
        };

    /// <summary>A boolean that is false when it is absent.</summary>
    public static DocumentMember<T> Flag<T>(string name, Func<T, bool> get, Func<T, bool>? isAppended = null) => new(name)
    {
        Says = (value, present) => LenientJson.Flag(present) == get(value),
        HasValue = _ => true,
        IsAppended = isAppended ?? get,
        WriteValue = (writer, value, _) => writer.WriteBooleanValue(get(value)),
    };

    /// <summary>A boolean that is there when it is true.</summary>
    public static DocumentMember<T> Mark<T>(string name, Func<T, bool> get) => new(name)
    {
        Says = (value, present) => get(value) && LenientJson.Flag(present),
        HasValue = get,
        WriteValue = (writer, _, _) => writer.WriteBooleanValue(true),
    };

    /// <summary>A time in seconds, or none.</summary>
    public static DocumentMember<T> Time<T>(string name, Func<T, DateTimeOffset?> get) => new(name)
    {
        Says = (value, present) => (LenientJson.Time(present)?.ToUnixTimeSeconds() ?? 0) == Seconds(get(value)),
        HasValue = value => Seconds(get(value)) > 0,
        WriteValue = (writer, value, _) => writer.WriteNumberValue(Seconds(get(value))),
    };

    /// <summary>A list whose elements lie over what they were read from.</summary>
    public static DocumentMember<T> List<T, TElement>(
        string name, Func<T, ImmutableArray<TElement>> get, Action<Utf8JsonWriter, T, TElement> write, Func<T, bool>? isAppended = null) => new(name)
        {
            // Something else than an array was read as none.
            Says = (value, present) => get(value).IsDefaultOrEmpty && (present.ValueKind != JsonValueKind.Array || present.GetArrayLength() == 0),
            HasValue = _ => true,
            IsAppended = isAppended ?? (value => !get(value).IsDefaultOrEmpty),
            WriteValue = (writer, value, _) =>
            {
                writer.WriteStartArray();
                foreach (TElement element in get(value)) write(writer, value, element);
                writer.WriteEndArray();
            },
        };

    // What was not set is not written, and not before 1970.
    private static long Seconds(DateTimeOffset? time) => Math.Max(0, time?.ToUnixTimeSeconds() ?? 0);
}
