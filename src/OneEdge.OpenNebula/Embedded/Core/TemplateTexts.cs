using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Reads templates of calls, and changes what is stored.</summary>
internal static class TemplateTexts
{
    /// <summary>Reads a text; the refusal begins as the core's does, but says more about the place.</summary>
    public static StoredTemplate Parse(string text, string before = "")
    {
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
        List<TemplateAttribute> kept = [];
        foreach (TemplateAttribute attribute in template)
        {
            if (!names.Contains(attribute.Name)) kept.Add(attribute);
        }

        return kept.Count == template.Count ? template : StoredTemplate.Create(kept);
    }

    /// <summary>The template with one attribute in the place of all of its name.</summary>
    public static StoredTemplate With(StoredTemplate template, TemplateAttribute attribute) =>
        StoredTemplate.Create([.. template.Where(a => a.Name != attribute.Name), attribute]);

    public static StoredTemplate With(StoredTemplate template, string name, string value) => With(template, new TemplateAttribute(name, value));

    /// <summary>A yes or no as the core reads it.</summary>
    public static bool IsYes(string? value) => string.Equals(value, "YES", StringComparison.OrdinalIgnoreCase);

    private static string Explain(TemplateSyntaxException error)
    {
        Diagnostic first = error.Diagnostics[0];
        return string.Create(CultureInfo.InvariantCulture, $"syntax error, {first.Message}");
    }
}
