namespace OneEdge.Config.Formats;

/// <summary>
/// Judges the end state of a batch: in between, a section may be empty or without its NAME. Each problem is laid at the door of
/// the change that caused it last.
/// </summary>
internal static class OnedEndCheck
{
    /// <summary>The changes to refuse, with reasons; with <paramref name="all"/> every change to a broken section.</summary>
    public static IEnumerable<(int Change, string Reason)> Problems(OnedTree tree, bool all)
    {
        OnedEditNode[] sections = [.. tree.Changed.Concat(tree.Top.Nodes.Where(n => n.IsNew)).Where(n => n.IsSection && !n.IsRemoved)];
        foreach (OnedEditNode section in sections)
        {
            if (OwnProblem(section) is not { } problem) continue;
            foreach (int change in Culprits(section, problem.Culprit, all)) yield return (change, problem.Reason);
        }

        foreach (string name in sections.Where(s => s.LastKeyChange >= 0 && OnedSchema.IsKeyed(s.UpperName)).Select(s => s.UpperName).Distinct(StringComparer.Ordinal))
        {
            foreach ((OnedEditNode section, string key) in Repeated(tree, name))
            {
                string reason = $"There would be two sections {name} with the NAME {key}, and the file could not be read again";
                foreach (int change in Culprits(section, section.LastKeyChange, all)) yield return (change, reason);
            }
        }
    }

    private static (int Culprit, string Reason)? OwnProblem(OnedEditNode section)
    {
        string name = section.UpperName;
        if (section.Items.Count == 0) return (section.LastRemoval, $"The section {name} would be left without items; remove the section itself (rm {name})");
        if (!OnedSchema.IsKeyed(name) || (section.LastKeyChange < 0 && !section.IsNew)) return null;
        int keys = section.Items.Nodes.Count(n => !n.IsRemoved && n.UpperName == OnedSchema.Key);
        if (keys == 1) return null;
        return keys == 0
            ? (section.LastKeyChange, $"A section {name} would be left without its NAME, and the file could not be read again")
            : (section.LastKeyChange, $"A section {name} would have {keys} NAMEs, and the file could not be read again");
    }

    // Of sections with the same NAME, the ones that got it last.
    private static IEnumerable<(OnedEditNode Section, string Key)> Repeated(OnedTree tree, string name) =>
        from section in tree.SectionsReadAs(name)
        let key = section.Items.Nodes.FirstOrDefault(n => !n.IsRemoved && n.UpperName == OnedSchema.Key)?.Value
        where key is not null
        group section by key into same
        from section in same.OrderBy(s => s.LastKeyChange).Skip(1)
        select (section, same.Key);

    private static List<int> Culprits(OnedEditNode section, int culprit, bool all) => all || culprit < 0 ? section.Touched ?? [] : [culprit];
}
