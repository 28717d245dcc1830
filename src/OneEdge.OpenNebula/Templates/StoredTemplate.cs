using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OneEdge.OpenNebula.Templates;
using OneEdge.Text;

namespace OneEdge.OpenNebula;

/// <summary>
/// A template as OpenNebula keeps it: attributes sorted by name, the order of those with one name kept; empty vectors are not there. This is what
/// answers hold, and what a text becomes when it is sent.
/// </summary>
public sealed class StoredTemplate : IReadOnlyList<TemplateAttribute>, IEquatable<StoredTemplate>
{
    private static readonly StoredTemplate Empty = new([], []);

    private readonly TemplateAttribute[] _attributes;

    // Names that came with an empty vector: they hold nothing, but an update that merges removes what they name.
    private readonly string[] _emptied;

    private StoredTemplate(TemplateAttribute[] attributes, string[] emptied)
    {
        _attributes = attributes;
        _emptied = emptied;
    }

    /// <summary>The number of attributes.</summary>
    public int Count => _attributes.Length;

    /// <inheritdoc/>
    public TemplateAttribute this[int index] => _attributes[index];

    /// <summary>What OpenNebula makes of some attributes.</summary>
    /// <param name="attributes">The attributes in any order.</param>
    /// <returns>The template.</returns>
    public static StoredTemplate Create(IEnumerable<TemplateAttribute> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        return Of([.. StorageRules.TrimName([.. attributes])]);
    }

    /// <summary>Reads a text as OpenNebula does: one that starts with <c>&lt;</c> as XML, any other as key=value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limits">What is accepted.</param>
    /// <returns>What OpenNebula stores.</returns>
    /// <exception cref="TemplateSyntaxException">OpenNebula would refuse the text.</exception>
    public static StoredTemplate Parse(string text, TemplateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith('<')) return OpenNebulaTemplate.Parse(SourceText.From(text), limits).Stored();
        StoredTemplate sent = ParseXml(text, limits);
        return new StoredTemplate(Create(sent)._attributes, sent._emptied);
    }

    /// <summary>Reads the XML form as it stands in an answer; the name of the root does not matter.</summary>
    /// <param name="xml">The XML.</param>
    /// <param name="limits">What is accepted.</param>
    /// <returns>The template.</returns>
    /// <exception cref="TemplateSyntaxException">The XML is malformed, has a document type, or is past a limit.</exception>
    public static StoredTemplate ParseXml(string xml, TemplateLimits? limits = null) =>
        TryParseXml(xml, out StoredTemplate? template, out IReadOnlyList<Diagnostic> diagnostics, limits) ? template
            : throw new TemplateSyntaxException(diagnostics);

    /// <summary>Reads the XML form as it stands in an answer; the name of the root does not matter.</summary>
    /// <param name="xml">The XML.</param>
    /// <param name="template">The template.</param>
    /// <param name="diagnostics">What is wrong with it.</param>
    /// <param name="limits">What is accepted.</param>
    /// <returns>Whether OpenNebula would take it.</returns>
    public static bool TryParseXml(
        string xml, [NotNullWhen(true)] out StoredTemplate? template, out IReadOnlyList<Diagnostic> diagnostics, TemplateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(xml);
        var reader = new TemplateXmlReader(limits ?? TemplateLimits.Default);
        template = reader.Read(xml) is { } attributes ? Of(attributes) : null;
        diagnostics = reader.Error is { } error ? [error] : [];
        return template is not null;
    }

    /// <summary>The value of the first attribute of a name.</summary>
    /// <param name="name">The name; case does not matter.</param>
    /// <returns>The value; <see langword="null"/> when there is no such attribute or it is a vector.</returns>
    public string? Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string stored = TemplateName.Stored(name);
        int first = FirstOf(stored);
        return first < Count && _attributes[first].Name == stored ? _attributes[first].Value : null;
    }

    /// <summary>The value of the first attribute of a name as another type.</summary>
    /// <typeparam name="T">The type, for example <see cref="int"/>.</typeparam>
    /// <param name="name">The name; case does not matter.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is such a value of this type.</returns>
    public bool TryGet<T>(string name, [MaybeNullWhen(false)] out T value)
        where T : IParsable<T> => T.TryParse(Get(name), CultureInfo.InvariantCulture, out value);

    /// <summary>Every attribute of a name.</summary>
    /// <param name="name">The name; case does not matter.</param>
    /// <returns>The attributes, in the order in which they were sent.</returns>
    public IEnumerable<TemplateAttribute> GetAll(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string stored = TemplateName.Stored(name);
        for (int i = FirstOf(stored); i < Count && _attributes[i].Name == stored; i++) yield return _attributes[i];
    }

    /// <summary>The first vector of a name.</summary>
    /// <param name="name">The name; case does not matter.</param>
    /// <returns>The vector, or <see langword="null"/> when there is none.</returns>
    public TemplateAttribute? Vector(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string stored = TemplateName.Stored(name);
        for (int i = FirstOf(stored); i < Count && _attributes[i].Name == stored; i++)
        {
            if (_attributes[i].IsVector) return _attributes[i];
        }

        return null;
    }

    /// <summary>Every vector of a name.</summary>
    /// <param name="name">The name; case does not matter.</param>
    /// <returns>The vectors.</returns>
    public IEnumerable<TemplateAttribute> Vectors(string name) => GetAll(name).Where(a => a.IsVector);

    /// <summary>What an update that merges (mode 1) leaves: every attribute of the update takes the place of all attributes of its name.</summary>
    /// <param name="update">The update; an empty vector in it removes what it names.</param>
    /// <returns>The merged template.</returns>
    public StoredTemplate Merge(StoredTemplate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        HashSet<string> named = [.. update._attributes.Select(a => a.Name), .. update._emptied];
        IEnumerable<TemplateAttribute> merged = _attributes.Where(a => !named.Contains(a.Name)).Concat(update._attributes);
        return new StoredTemplate([.. merged.OrderBy(a => a.Name, StringComparer.Ordinal)], []);
    }

    /// <summary>The XML form, as OpenNebula writes it.</summary>
    /// <returns>The XML, without a declaration; it can be sent in the place of a key=value text.</returns>
    public string ToXml() => TemplateXmlWriter.Write(_attributes);

    /// <summary>The key=value form.</summary>
    /// <returns>The template.</returns>
    /// <exception cref="OpenNebulaException">A name or a value can be written in the XML form only.</exception>
    public OpenNebulaTemplate ToTemplate()
    {
        var builder = new OpenNebulaTemplateBuilder();
        foreach (TemplateAttribute attribute in _attributes) builder.Add(attribute);
        return builder.ToTemplate();
    }

    /// <inheritdoc/>
    public bool Equals(StoredTemplate? other) => other is not null && _attributes.SequenceEqual(other._attributes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StoredTemplate);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (TemplateAttribute attribute in _attributes) hash.Add(attribute);
        return hash.ToHashCode();
    }

    /// <summary>The names, for messages: values may be secrets.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => string.Join(", ", (IEnumerable<TemplateAttribute>)_attributes);

    /// <inheritdoc/>
    public IEnumerator<TemplateAttribute> GetEnumerator() => ((IEnumerable<TemplateAttribute>)_attributes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A template as it stands in an answer; the empty one when it does not.</summary>
    internal static StoredTemplate FromAnswer(XmlPart part)
    {
        if (part.Answer is null) return Empty;
        var reader = new TemplateXmlReader(TemplateLimits.Default, part.Answer);
        return reader.Read(part.Bytes.Span, isChecked: true) is { } attributes ? Of(attributes) : throw new TemplateSyntaxException([reader.Error!]);
    }

    /// <summary>A template of attributes that are in order, their values too, and none of them nothing.</summary>
    internal static StoredTemplate OfSorted(TemplateAttribute[] attributes) => new(attributes, []);

    // What a server answers is in order already, and nothing in it is nothing: then the array is taken as it is.
    private static StoredTemplate Of(TemplateAttribute[] all)
    {
        if (all.Length == 0) return Empty;
        for (int i = 0; i < all.Length; i++)
        {
            if (StorageRules.IsNothing(all[i]) || (i > 0 && string.CompareOrdinal(all[i - 1].Name, all[i].Name) > 0)) return Arranged(all);
            all[i] = StorageRules.SortItems(all[i]);
        }

        return new StoredTemplate(all, []);
    }

    private static StoredTemplate Arranged(TemplateAttribute[] all) => new(
        [.. all.Where(a => !StorageRules.IsNothing(a)).Select(StorageRules.SortItems).OrderBy(a => a.Name, StringComparer.Ordinal)],
        [.. all.Where(StorageRules.IsNothing).Select(a => a.Name).Distinct()]);

    private int FirstOf(string stored)
    {
        int low = 0;
        int high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (string.CompareOrdinal(_attributes[middle].Name, stored) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
