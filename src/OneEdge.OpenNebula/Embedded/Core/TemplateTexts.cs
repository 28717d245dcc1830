using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Reads templates of calls, and changes what is stored.</summary>
internal static class TemplateTexts
{
    /// <summary>Reads a text; the refusal begins as the core's does, but says more about the place.</summary>
    public static StoredTemplate Parse(string text, string before = "")
    {
        if (text.Length == 0) return CloudObject.EmptyTemplate;
        try
        {
            return StoredTemplate.Parse(text);
        }
        catch (TemplateSyntaxException e)
        {
            throw CallRefusal.Internal($"{before}Parse error: {(text.StartsWith('<') ? "XML Template malformed." : Explain(e))}");
        }
    }

    /// <summary>The template without the attributes of some names.</summary>
    public static StoredTemplate Without(StoredTemplate template, params ReadOnlySpan<string> names)
    {
        int kept = 0;
        foreach (TemplateAttribute attribute in template) kept += names.Contains(attribute.Name) ? 0 : 1;
        if (kept == template.Count) return template;
        var attributes = new TemplateAttribute[kept];
        kept = 0;
        foreach (TemplateAttribute attribute in template)
        {
            if (!names.Contains(attribute.Name)) attributes[kept++] = attribute;
        }

        return StoredTemplate.OfSorted(attributes);
    }

    /// <summary>The template with one attribute in the place of all of its name.</summary>
    public static StoredTemplate With(StoredTemplate template, TemplateAttribute attribute) => Plus(Without(template, attribute.Name), attribute);

    public static StoredTemplate With(StoredTemplate template, string name, string value) => With(template, new TemplateAttribute(name, value));

    /// <summary>The template with one attribute more, after those of its name. The values of a vector have to be in order.</summary>
    public static StoredTemplate Plus(StoredTemplate template, TemplateAttribute attribute)
    {
        var attributes = new TemplateAttribute[template.Count + 1];
        int at = 0;
        while (at < template.Count && string.CompareOrdinal(template[at].Name, attribute.Name) <= 0) attributes[at] = template[at++];
        attributes[at] = attribute;
        for (; at < template.Count; at++) attributes[at + 1] = template[at];
        return StoredTemplate.OfSorted(attributes);
    }

    /// <summary>The template with another attribute of the same name in the place of one, or without it.</summary>
    public static StoredTemplate Swap(StoredTemplate template, TemplateAttribute part, TemplateAttribute? other)
    {
        List<TemplateAttribute> attributes = new(template.Count);
        foreach (TemplateAttribute attribute in template)
        {
            if (!ReferenceEquals(attribute, part)) attributes.Add(attribute);
            else if (other is not null) attributes.Add(other);
        }

        return StoredTemplate.OfSorted([.. attributes]);
    }

    /// <summary>A yes or no as the core reads it.</summary>
    public static bool IsYes(string? value) => string.Equals(value, "YES", StringComparison.OrdinalIgnoreCase);

    private static string Explain(TemplateSyntaxException error)
    {
        Diagnostic first = error.Diagnostics[0];
        return string.Create(CultureInfo.InvariantCulture, $"syntax error, {first.Message}");
    }
}
