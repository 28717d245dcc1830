using System.Text;
using OneEdge.OpenNebula.Templates;

namespace OneEdge.OpenNebula;

/// <summary>Writes a new template, attribute by attribute.</summary>
public sealed class OpenNebulaTemplateBuilder
{
    private readonly StringBuilder _text = new();
    private readonly TemplateWriter _writer = new("\n");

    /// <summary>Adds an attribute.</summary>
    /// <param name="name">The name; it is written in capitals.</param>
    /// <param name="value">The value.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="OpenNebulaException">The name or the value cannot be written.</exception>
    public OpenNebulaTemplateBuilder Add(string name, string value) => Add(TemplateAttribute.Create(name, value));

    /// <summary>Adds a vector.</summary>
    /// <param name="name">The name; it is written in capitals.</param>
    /// <param name="items">The values of the vector.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="OpenNebulaException">A name or a value cannot be written.</exception>
    public OpenNebulaTemplateBuilder AddVector(string name, params ReadOnlySpan<(string Name, string Value)> items) =>
        Add(TemplateAttribute.CreateVector(name, items));

    /// <summary>Adds an attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="OpenNebulaException">A name or a value cannot be written.</exception>
    public OpenNebulaTemplateBuilder Add(TemplateAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        _text.Append(_writer.Attribute(attribute)).Append('\n');
        return this;
    }

    /// <summary>Adds a comment; each of its lines becomes one.</summary>
    /// <param name="comment">The comment.</param>
    /// <returns>The builder.</returns>
    public OpenNebulaTemplateBuilder AddComment(string comment)
    {
        ArgumentNullException.ThrowIfNull(comment);
        foreach (string line in comment.Split(["\r\n", "\n", "\r"], StringSplitOptions.None)) _text.Append("# ").Append(line).Append('\n');
        return this;
    }

    /// <summary>The template.</summary>
    /// <returns>The template.</returns>
    public OpenNebulaTemplate ToTemplate() =>
        OpenNebulaTemplate.Parse(ToString(), limits: new TemplateLimits { MaxBytes = int.MaxValue, MaxValues = int.MaxValue });

    /// <summary>The text of the template.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text.ToString();
}
