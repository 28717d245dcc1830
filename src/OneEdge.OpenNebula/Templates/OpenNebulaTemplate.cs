using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OneEdge.OpenNebula.Templates;
using OneEdge.Text;

namespace OneEdge.OpenNebula;

/// <summary>
/// A template in the key=value form over the bytes it was read from: <c>NAME = "value"</c>, <c>NAME = [ A = "1", B = "2" ]</c>. It is immutable;
/// a change gives a new template in which every other byte is the same. Names are found whatever their case.
/// </summary>
public sealed partial class OpenNebulaTemplate : IReadOnlyList<TemplateAttribute>
{
    private readonly TemplateSyntax _syntax;
    private readonly TemplateLimits _limits;

    private OpenNebulaTemplate(TemplateSyntax syntax, IReadOnlyList<Diagnostic> diagnostics, TemplateLimits limits)
    {
        _syntax = syntax;
        _limits = limits;
        Diagnostics = diagnostics;
    }

    /// <summary>The template without attributes.</summary>
    public static OpenNebulaTemplate Empty { get; } = Parse("");

    /// <summary>The text.</summary>
    public SourceText Source => _syntax.Source;

    /// <summary>Warnings: what OpenNebula would pass over.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The number of attributes.</summary>
    public int Count => _syntax.Nodes.Length;

    /// <inheritdoc/>
    public TemplateAttribute this[int index] => _syntax.AttributeOf(_syntax.Nodes[index]);

    /// <summary>Reads a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name for messages, usually a file name.</param>
    /// <param name="limits">What is accepted.</param>
    /// <returns>The template.</returns>
    /// <exception cref="TemplateSyntaxException">The text does not parse, or OpenNebula could not store it.</exception>
    public static OpenNebulaTemplate Parse(string text, string? name = null, TemplateLimits? limits = null) => Parse(SourceText.From(text, name), limits);

    /// <inheritdoc cref="Parse(string, string?, TemplateLimits?)"/>
    /// <param name="source">The text.</param>
    /// <param name="limits">What is accepted.</param>
    public static OpenNebulaTemplate Parse(SourceText source, TemplateLimits? limits = null) =>
        TryParse(source, out OpenNebulaTemplate? template, out IReadOnlyList<Diagnostic> diagnostics, limits) ? template
            : throw new TemplateSyntaxException(diagnostics);

    /// <summary>Reads a template.</summary>
    /// <param name="source">The text.</param>
    /// <param name="template">The template, when the text parses.</param>
    /// <param name="diagnostics">The findings: warnings, and the error that stopped the reader.</param>
    /// <param name="limits">What is accepted.</param>
    /// <returns>Whether the text parses.</returns>
    public static bool TryParse(
        SourceText source, [NotNullWhen(true)] out OpenNebulaTemplate? template, out IReadOnlyList<Diagnostic> diagnostics, TemplateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        limits ??= TemplateLimits.Default;
        var reader = new TemplateReader(source, limits);
        TemplateSyntax? syntax = reader.Read();
        diagnostics = reader.Findings;
        template = syntax is null ? null : new OpenNebulaTemplate(syntax, diagnostics, limits);
        return template is not null;
    }

    /// <summary>The value of the first attribute of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The value; <see langword="null"/> when there is no such attribute or it is a vector.</returns>
    public string? Get(string name)
    {
        int found = Find(name);
        return found < 0 || _syntax.Nodes[found].IsVector ? null : _syntax.ValueOf(_syntax.Nodes[found]);
    }

    /// <summary>The value of the first attribute of a name as another type.</summary>
    /// <typeparam name="T">The type, for example <see cref="int"/>.</typeparam>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is such a value of this type.</returns>
    public bool TryGet<T>(string name, [MaybeNullWhen(false)] out T value)
        where T : IParsable<T> => T.TryParse(Get(name), CultureInfo.InvariantCulture, out value);

    /// <summary>Every attribute of a name, in the order of the text.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The attributes.</returns>
    public IEnumerable<TemplateAttribute> GetAll(string name)
    {
        string stored = StoredName(name);
        for (int i = _syntax.Find(stored); i >= 0; i = _syntax.Find(stored, i + 1)) yield return this[i];
    }

    /// <summary>The first vector of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The vector, or <see langword="null"/> when there is none.</returns>
    public TemplateAttribute? Vector(string name) => GetAll(name).FirstOrDefault(a => a.IsVector);

    /// <summary>Every vector of a name, in the order of the text: the disks of a machine, say.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The vectors.</returns>
    public IEnumerable<TemplateAttribute> Vectors(string name) => GetAll(name).Where(a => a.IsVector);

    /// <summary>What OpenNebula stores when it gets this template.</summary>
    /// <returns>The attributes, sorted by name.</returns>
    public StoredTemplate Stored() => StoredTemplate.Create(this);

    /// <summary>The XML form of what OpenNebula stores.</summary>
    /// <returns>The XML, without a declaration.</returns>
    public string ToXml() => Stored().ToXml();

    /// <summary>The text that was read, to the last byte.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Source.ToString();

    /// <inheritdoc/>
    public IEnumerator<TemplateAttribute> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(string name) => _syntax.Find(StoredName(name));

    private static string StoredName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return TemplateName.Stored(name);
    }
}
