using System.Text;

namespace OneEdge.OpenNebula.Templates;

/// <summary>Writes attributes in the key=value form, and refuses what would be read as something else.</summary>
internal sealed class TemplateWriter(string newLine)
{
    public string NewLine { get; } = newLine;

    /// <summary>An attribute without a final line end; the values of a vector have a line each.</summary>
    public string Attribute(TemplateAttribute attribute)
    {
        string name = Name(attribute.Name);
        if (attribute.Value is { } value) return $"{name} = {TemplateValue.Quote(name, value)}";
        return attribute.Items.Count == 0 ? $"{name} = [ ]" : $"{name} = [{NewLine}  {Items(attribute, "," + NewLine + "  ")} ]";
    }

    /// <summary>A vector on one line.</summary>
    public static string Inline(TemplateAttribute vector)
    {
        Name(vector.Name);
        return vector.Items.Count == 0 ? "[ ]" : $"[ {Items(vector, ", ")} ]";
    }

    private static string Items(TemplateAttribute vector, string separator)
    {
        var text = new StringBuilder();
        foreach ((string name, string value) in vector.Items)
        {
            TemplateAttribute.CheckedItemName(vector.Name, name);
            if (TemplateName.Upper(name) != name)
                throw TemplateValue.Unwritable($"'{TemplateValue.Shown(name)}' in {vector.Name} cannot be written: only the XML form keeps small letters.");
            if (text.Length > 0) text.Append(separator);
            text.Append(name).Append(" = ").Append(TemplateValue.Quote($"{vector.Name}/{name}", value));
        }

        return text.ToString();
    }

    // A name from XML may have other characters.
    private static string Name(string name) => TemplateAttribute.CheckedName(name);
}
