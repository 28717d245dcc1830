using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OneEdge.OpenNebula.Templates;

namespace OneEdge.OpenNebula;

/// <summary>One attribute of a template: a name with a value, or a name with a vector of named values.</summary>
public sealed class TemplateAttribute : IEquatable<TemplateAttribute>
{
    internal TemplateAttribute(string name, string value)
    {
        Name = name;
        Value = value;
        Items = [];
    }

    internal TemplateAttribute(string name, IReadOnlyList<KeyValuePair<string, string>> items)
    {
        Name = name;
        Items = items;
    }

    /// <summary>The name as OpenNebula stores it: upper-cased, with <c>ONE_</c> before a digit.</summary>
    public string Name { get; }

    /// <summary>The value; <see langword="null"/> for a vector.</summary>
    public string? Value { get; }

    /// <summary>Whether this is a vector.</summary>
    public bool IsVector => Value is null;

    /// <summary>The values of a vector, each name once; empty when this is no vector.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Items { get; }

    /// <summary>Creates an attribute with one value.</summary>
    /// <param name="name">The name: letters, digits and <c>_</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>The attribute.</returns>
    /// <exception cref="OpenNebulaException">OpenNebula cannot store the name or the value.</exception>
    public static TemplateAttribute Create(string name, string value) => new(CheckedName(name), CheckedValue(name, value));

    /// <summary>Creates a vector.</summary>
    /// <param name="name">The name: letters, digits and <c>_</c>.</param>
    /// <param name="items">The values; of those with one name the first one counts, as it does for OpenNebula.</param>
    /// <returns>The attribute.</returns>
    /// <exception cref="OpenNebulaException">OpenNebula cannot store a name or a value.</exception>
    public static TemplateAttribute CreateVector(string name, IEnumerable<KeyValuePair<string, string>> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        string stored = CheckedName(name);
        List<KeyValuePair<string, string>> values = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((string item, string value) in items)
        {
            string upper = TemplateName.Upper(CheckedItemName(stored, item));
            CheckedValue($"{stored}/{upper}", value);
            if (seen.Add(upper)) values.Add(KeyValuePair.Create(upper, value));
        }

        return new TemplateAttribute(stored, [.. values]);
    }

    /// <inheritdoc cref="CreateVector(string, IEnumerable{KeyValuePair{string, string}})"/>
    public static TemplateAttribute CreateVector(string name, params ReadOnlySpan<(string Name, string Value)> items)
    {
        var pairs = new KeyValuePair<string, string>[items.Length];
        for (int i = 0; i < items.Length; i++) pairs[i] = KeyValuePair.Create(items[i].Name, items[i].Value);
        return CreateVector(name, pairs);
    }

    /// <summary>A value of the vector.</summary>
    /// <param name="item">Its name; case does not matter.</param>
    /// <returns>The value, or <see langword="null"/> when there is none.</returns>
    public string? Get(string item)
    {
        ArgumentNullException.ThrowIfNull(item);
        foreach ((string name, string value) in Items)
        {
            if (string.Equals(name, item, StringComparison.OrdinalIgnoreCase)) return value;
        }

        return null;
    }

    /// <summary>A value of the vector as another type.</summary>
    /// <typeparam name="T">The type, for example <see cref="int"/>.</typeparam>
    /// <param name="item">Its name; case does not matter.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is such a value of this type.</returns>
    public bool TryGet<T>(string item, [MaybeNullWhen(false)] out T value)
        where T : IParsable<T> => T.TryParse(Get(item), CultureInfo.InvariantCulture, out value);

    /// <inheritdoc/>
    public bool Equals(TemplateAttribute? other) =>
        other is not null && Name == other.Name && Value == other.Value && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TemplateAttribute);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Value, Items.Count);

    /// <summary>The names, for messages: values may be secrets.</summary>
    /// <returns>For example <c>DISK [IMAGE_ID, SIZE]</c>.</returns>
    public override string ToString() => IsVector ? $"{Name} [{string.Join(", ", Items.Select(i => i.Key))}]" : Name;

    internal static string CheckedName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TemplateName.IsName(name) ? TemplateName.Stored(name)
            : throw TemplateValue.Unwritable($"'{TemplateValue.Shown(name)}' is no name of an attribute: names have letters, digits and '_'.");
    }

    internal static string CheckedItemName(string attribute, string item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return TemplateName.IsItemName(item) ? item : throw TemplateValue.Unwritable(
            $"'{TemplateValue.Shown(item)}' is no name of a value in {TemplateValue.Shown(attribute)}: they have letters, digits and '_', and no digit first.");
    }

    private static string CheckedValue(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return TemplateValue.Problem(value) is { } problem
            ? throw TemplateValue.Unwritable($"The value of {TemplateValue.Shown(name)} cannot be stored: {problem}.")
            : value;
    }
}
