namespace OneEdge.OpenNebula;

/// <summary>
/// A template as a parameter of a call: an <see cref="OpenNebulaTemplate"/>, a <see cref="StoredTemplate"/>, or a text that is sent as it is.
/// </summary>
public readonly record struct TemplateText
{
    private readonly string? _text;

    private TemplateText(string text) => _text = text;

    /// <summary>The template without attributes.</summary>
    public static TemplateText Empty => default;

    /// <summary>The text that is sent.</summary>
    public string Text => _text ?? "";

    /// <summary>A text in the key=value or the XML form, which is sent as it is.</summary>
    /// <param name="text">The text.</param>
    public static TemplateText FromString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new TemplateText(text);
    }

    /// <summary>A template in the key=value form.</summary>
    /// <param name="template">The template.</param>
    public static TemplateText FromOpenNebulaTemplate(OpenNebulaTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new TemplateText(template.ToString());
    }

    /// <summary>A template as OpenNebula keeps it, which is sent in the XML form.</summary>
    /// <param name="template">The template.</param>
    public static TemplateText FromStoredTemplate(StoredTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        return new TemplateText(template.ToXml());
    }

    /// <inheritdoc cref="FromString"/>
    public static implicit operator TemplateText(string text) => FromString(text);

    /// <inheritdoc cref="FromOpenNebulaTemplate"/>
    public static implicit operator TemplateText(OpenNebulaTemplate template) => FromOpenNebulaTemplate(template);

    /// <inheritdoc cref="FromStoredTemplate"/>
    public static implicit operator TemplateText(StoredTemplate template) => FromStoredTemplate(template);

    /// <summary>The length: the text may hold secrets.</summary>
    public override string ToString() => FormattableString.Invariant($"template of {Text.Length} characters");
}
