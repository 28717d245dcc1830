using System.Globalization;
using System.Numerics;

namespace OneEdge.Config;

/// <summary>
/// One immutable value of a configuration file: the JSON model plus symbols, whole numbers of any size, and keys that need not be strings.
/// </summary>
/// <remarks>
/// Values of oned.conf and of shell files are strings as they stand in the file, with their quotes: <c>PORT = 2633</c> has the value
/// <c>2633</c>, <c>BACKEND = "sqlite"</c> the value <c>"sqlite"</c> of eight characters.
/// Two values are equal when kind and content are; the order of keys does not matter, the order of items does.
/// </remarks>
public sealed partial class ConfigValue : IEquatable<ConfigValue>
{
    private readonly object? _content;

    private ConfigValue(ConfigValueKind kind, object? content)
    {
        Kind = kind;
        _content = content;
    }

    /// <summary>The null value.</summary>
    public static ConfigValue Null { get; } = new(ConfigValueKind.Null, content: null);

    /// <summary>The value true.</summary>
    public static ConfigValue True { get; } = new(ConfigValueKind.Boolean, true);

    /// <summary>The value false.</summary>
    public static ConfigValue False { get; } = new(ConfigValueKind.Boolean, false);

    /// <summary>What this value is.</summary>
    public ConfigValueKind Kind { get; }

    /// <summary>Whether this is the null value.</summary>
    public bool IsNull => Kind == ConfigValueKind.Null;

    /// <summary>The items of an array.</summary>
    /// <exception cref="InvalidOperationException">This is not an array.</exception>
    public IReadOnlyList<ConfigValue> Items => Content<ConfigValue[]>(ConfigValueKind.Array);

    /// <summary>The members of a map, in order; no key occurs twice.</summary>
    /// <exception cref="InvalidOperationException">This is not a map.</exception>
    public IReadOnlyList<KeyValuePair<ConfigValue, ConfigValue>> Members => Content<MapContent>(ConfigValueKind.Map).Members;

    /// <summary>Makes a boolean value.</summary>
    /// <param name="value">The boolean.</param>
    /// <returns>The value.</returns>
    public static ConfigValue From(bool value) => value ? True : False;

    /// <summary>Makes a whole number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static ConfigValue From(long value) => new(ConfigValueKind.Integer, new BigInteger(value));

    /// <inheritdoc cref="From(long)"/>
    public static ConfigValue From(BigInteger value) => new(ConfigValueKind.Integer, value);

    /// <summary>Makes a floating-point number.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The value.</returns>
    public static ConfigValue From(double value) => new(ConfigValueKind.Float, value);

    /// <summary>Makes a text.</summary>
    /// <param name="value">The text; <see langword="null"/> gives <see cref="Null"/>.</param>
    /// <returns>The value.</returns>
    public static ConfigValue From(string? value) => value is null ? Null : new ConfigValue(ConfigValueKind.String, value);

    /// <summary>Makes a symbol.</summary>
    /// <param name="name">The name, without the colon.</param>
    /// <returns>The value.</returns>
    public static ConfigValue Symbol(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new ConfigValue(ConfigValueKind.Symbol, name);
    }

    /// <summary>Makes an array.</summary>
    /// <param name="items">The items, in order.</param>
    /// <returns>The value.</returns>
    public static ConfigValue Array(params IEnumerable<ConfigValue> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new ConfigValue(ConfigValueKind.Array, items.ToArray());
    }

    /// <summary>Makes a map. A repeated key keeps its first place and its last value, as Ruby does.</summary>
    /// <param name="members">The members, in order.</param>
    /// <returns>The value.</returns>
    public static ConfigValue Map(params IEnumerable<KeyValuePair<ConfigValue, ConfigValue>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        return new ConfigValue(ConfigValueKind.Map, new MapContent(members));
    }

    /// <summary>Makes a map with string keys.</summary>
    /// <param name="members">The members, in order.</param>
    /// <returns>The value.</returns>
    public static ConfigValue Map(params IEnumerable<(string Key, ConfigValue Value)> members) =>
        Map(members.Select(m => KeyValuePair.Create(From(m.Key), m.Value)));

    /// <summary>The text of a string or the name of a symbol.</summary>
    /// <returns>The text, without a symbol's colon.</returns>
    /// <exception cref="InvalidOperationException">This is neither.</exception>
    public string AsString() => Kind == ConfigValueKind.Symbol ? (string)_content! : Content<string>(ConfigValueKind.String);

    /// <summary>The boolean.</summary>
    /// <returns>The boolean.</returns>
    /// <exception cref="InvalidOperationException">This is no boolean.</exception>
    public bool AsBoolean() => Content<bool>(ConfigValueKind.Boolean);

    /// <summary>The whole number.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidOperationException">This is no whole number.</exception>
    public BigInteger AsInteger() => Content<BigInteger>(ConfigValueKind.Integer);

    /// <summary>The number, whole or not, as a floating-point number.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidOperationException">This is no number.</exception>
    public double AsDouble() => Kind == ConfigValueKind.Integer ? (double)(BigInteger)_content! : Content<double>(ConfigValueKind.Float);

    /// <summary>Looks a member of a map up.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The member's value, or <see langword="null"/> when this is not a map or has no such key.</returns>
    public ConfigValue? Find(ConfigValue key) => Kind == ConfigValueKind.Map && ((MapContent)_content!).TryGet(key, out ConfigValue? value) ? value : null;

    /// <summary>
    /// The text of a scalar for people and for path elements: strings as they are, symbols with their colon, numbers and booleans as Ruby writes
    /// them.
    /// </summary>
    /// <returns>The text; arrays and maps as JSON, null as the empty text.</returns>
    public override string ToString() => Kind switch
    {
        ConfigValueKind.Null => "",
        ConfigValueKind.Boolean => AsBoolean() ? "true" : "false",
        ConfigValueKind.Integer => AsInteger().ToString(CultureInfo.InvariantCulture),
        ConfigValueKind.Float => RubyText.OfFloat(AsDouble()),
        ConfigValueKind.String => AsString(),
        ConfigValueKind.Symbol => ":" + AsString(),
        _ => ToJson(),
    };

    /// <summary>Wraps a text.</summary>
    /// <param name="value">The text.</param>
    public static implicit operator ConfigValue(string? value) => From(value);

    /// <summary>Wraps a whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ConfigValue(int value) => From(value);

    /// <summary>Wraps a whole number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ConfigValue(long value) => From(value);

    /// <summary>Wraps a floating-point number.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator ConfigValue(double value) => From(value);

    /// <summary>Wraps a boolean.</summary>
    /// <param name="value">The boolean.</param>
    public static implicit operator ConfigValue(bool value) => From(value);

    private T Content<T>(ConfigValueKind kind) => Kind == kind
        ? (T)_content!
        : throw new InvalidOperationException($"The value is {Kind}, not {kind}.");

    private sealed class MapContent
    {
        private const int LinearLimit = 8;
        private readonly Dictionary<ConfigValue, int>? _index;

        public MapContent(IEnumerable<KeyValuePair<ConfigValue, ConfigValue>> members)
        {
            var list = new List<KeyValuePair<ConfigValue, ConfigValue>>();
            Dictionary<ConfigValue, int>? index = null;
            foreach (KeyValuePair<ConfigValue, ConfigValue> member in members)
            {
                int at = index is not null ? index.GetValueOrDefault(member.Key, -1) : list.FindIndex(m => m.Key.Equals(member.Key));
                if (at >= 0)
                {
                    list[at] = KeyValuePair.Create(list[at].Key, member.Value);
                    continue;
                }

                index?.Add(member.Key, list.Count);
                list.Add(member);
                if (index is null && list.Count > LinearLimit)
                {
                    index = [];
                    for (int i = 0; i < list.Count; i++) index.Add(list[i].Key, i);
                }
            }

            _index = index;
            Members = list;
        }

        public List<KeyValuePair<ConfigValue, ConfigValue>> Members { get; }

        public bool TryGet(ConfigValue key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ConfigValue? value)
        {
            int at = _index is not null ? _index.GetValueOrDefault(key, -1) : Members.FindIndex(m => m.Key.Equals(key));
            value = at >= 0 ? Members[at].Value : null;
            return at >= 0;
        }
    }
}
