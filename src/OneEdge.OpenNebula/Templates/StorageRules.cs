namespace OneEdge.OpenNebula.Templates;

/// <summary>What the core does with attributes between reading and storing them.</summary>
internal static class StorageRules
{
    private const string Name = "NAME";
    private static readonly char[] Space = [' ', '\f', '\n', '\r', '\t', '\v'];

    /// <summary>A vector without values: it is written as an empty element, which is not read back.</summary>
    public static bool IsNothing(TemplateAttribute attribute) => attribute.IsVector && attribute.Items.Count == 0;

    /// <summary>The first NAME, when it has a value, loses the space at its end and takes the place of all others.</summary>
    public static List<TemplateAttribute> TrimName(List<TemplateAttribute> attributes)
    {
        int first = attributes.FindIndex(a => a.Name == Name);
        if (first < 0 || attributes[first].Value is not { Length: > 0 } value) return attributes;
        List<TemplateAttribute> trimmed = [.. attributes.Where(a => a.Name != Name)];
        trimmed.Add(new TemplateAttribute(Name, value.TrimEnd(Space)));
        return trimmed;
    }

    /// <summary>A vector keeps its values sorted by name.</summary>
    public static TemplateAttribute SortItems(TemplateAttribute attribute)
    {
        IReadOnlyList<KeyValuePair<string, string>> items = attribute.Items;
        for (int i = 1; i < items.Count; i++)
        {
            if (string.CompareOrdinal(items[i - 1].Key, items[i].Key) > 0)
                return new TemplateAttribute(attribute.Name, [.. items.OrderBy(p => p.Key, StringComparer.Ordinal)]);
        }

        return attribute;
    }
}
