namespace OneEdge.Config.Formats;

/// <summary>The rules about sections: a plain one occurs once, keyed ones have one NAME each, and no two share it. The texts are the original's.</summary>
internal static class OnedStructure
{
    public static void Check(OnedSyntax syntax, List<Diagnostic> errors)
    {
        int[] sections = new int[syntax.Names.Count];
        int[] entries = new int[syntax.Names.Count];
        foreach (ref readonly OnedNode node in syntax.Nodes) (node.IsSection ? sections : entries)[node.Name]++;

        int[] seen = new int[syntax.Names.Count];
        HashSet<(int Name, string Key)> keys = [];
        List<(int Name, Diagnostic Error)> found = [];
        foreach (ref readonly OnedNode node in syntax.Nodes)
        {
            if (!node.IsSection) continue;
            int index = ++seen[node.Name];
            if (Problem(syntax, node, index, sections[node.Name], entries[node.Name], keys) is { } problem)
                found.Add((node.Name, Diagnostic.Error(ConfigErrorCodes.OnedStructure, problem, syntax.Source, node.NameStart)));
        }

        // The original looks at one name after another.
        if (found.Count > 0) errors.AddRange(found.OrderBy(f => f.Name).Take(100).Select(f => f.Error));
    }

    private static string? Problem(OnedSyntax syntax, in OnedNode node, int index, int count, int entries, HashSet<(int Name, string Key)> keys)
    {
        string name = syntax.NameOf(node);
        if (entries > 0) return index == 1 ? $"{name} is used both as a value and as a section" : null;
        if (!OnedSchema.IsKeyed(name)) return index == 2 ? $"Invalid multiple sections of {name}" : null;

        int names = 0;
        foreach (ref readonly OnedNode item in syntax.ItemsOf(node)) names += item.Name == OnedNameTable.Key ? 1 : 0;
        string place = count > 1 ? $"{name}[{index}]" : $"{name}[]";
        if (names == 0) return $"Missing NAME identification for {place}";
        if (names > 1) return $"Multiple NAME identifications for {place}";
        string key = syntax.KeyOf(node)!;
        return keys.Add((node.Name, key)) ? null : $"Duplicate identification for {name}[{key}]";
    }
}
