using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace OneEdge.Config;

/// <summary>
/// The way to a value: <c>PORT</c>, <c>DB/BACKEND</c>, <c>VM_MAD/"kvm"/ARGUMENTS</c> (the section whose NAME is <c>"kvm"</c>, quotes included),
/// <c>:USER/:size</c> (symbols).
/// </summary>
/// <remarks>The text form cannot name a key that holds a slash or a key that is not a string or symbol; build such a path from its elements.</remarks>
[CollectionBuilder(typeof(ConfigPath), nameof(Create))]
public sealed class ConfigPath : IReadOnlyList<ConfigValue>, IEquatable<ConfigPath>
{
    private readonly ConfigValue[] _elements;
    private ConfigPath? _parent;

    private ConfigPath(ConfigValue[] elements) => _elements = elements;

    /// <summary>The whole document.</summary>
    public static ConfigPath Root { get; } = new([]);

    /// <summary>The number of elements.</summary>
    public int Count => _elements.Length;

    /// <summary>An element.</summary>
    /// <param name="index">The place, from 0.</param>
    public ConfigValue this[int index] => _elements[index];

    /// <summary>The path without its last element.</summary>
    /// <exception cref="InvalidOperationException">This is the root.</exception>
    public ConfigPath Parent => _parent ??= Count > 0 ? Create(_elements.AsSpan(..^1)) : throw new InvalidOperationException("The root has no parent.");

    /// <summary>The last element; <see langword="null"/> for the root.</summary>
    public ConfigValue? Last => Count > 0 ? _elements[^1] : null;

    /// <summary>Makes a path from its elements.</summary>
    /// <param name="elements">The elements.</param>
    /// <returns>The path.</returns>
    public static ConfigPath Create(params ReadOnlySpan<ConfigValue> elements) => elements.IsEmpty ? Root : new ConfigPath(elements.ToArray());

    /// <summary>Reads the text form: elements between slashes, empty ones dropped, <c>:name</c> a symbol.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The path; <c>/</c> and the empty text are the root.</returns>
    public static ConfigPath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Create([.. text.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Element)]);
    }

    /// <summary>Appends an element.</summary>
    /// <param name="key">The element.</param>
    /// <returns>The longer path.</returns>
    public ConfigPath Append(ConfigValue key) => new([.. _elements, key]);

    /// <summary>Reads the text form.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator ConfigPath(string text) => Parse(text);

    /// <inheritdoc/>
    public bool Equals(ConfigPath? other) => other is not null && _elements.AsSpan().SequenceEqual(other._elements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConfigPath);

    /// <inheritdoc/>
    public override int GetHashCode() => _elements.Aggregate(Count, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<ConfigValue> GetEnumerator() => _elements.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The text form; the root is <c>/</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        if (Count == 0) return "/";
        var text = new StringBuilder();
        foreach (ConfigValue element in _elements) text.Append(text.Length > 0 ? "/" : "").Append(element);
        return text.ToString();
    }

    private static ConfigValue Element(string text) => text is [':', _, ..] ? ConfigValue.Symbol(text[1..]) : ConfigValue.From(text);
}
