namespace OneEdge.Config.Formats;

/// <summary>
/// Judges the end state of a batch: in between, a section may be empty or without its NAME, and a value one that can't be written.
/// Each problem is laid at the door of the change that caused it last.
/// </summary>
internal static class OnedEndCheck
{
    /// <summary>The changes to refuse, with reasons; with <paramref name="all"/> every change to a broken section.</summary>
    public static IEnumerable<(int Change, string Reason)> Problems(OnedTree tree, bool all)
    {
        OnedEditNode[] nodes = [.. tree.Changed.Concat(tree.Top.Nodes.Skip(tree.Syntax.Nodes.Length)).Where(n => !n.IsRemoved)];
        OnedEditNode[] sections = [.. nodes.Where(n => n.IsSection)];
        return nodes.SelectMany(TextProblems)
            .Concat(sections.SelectMany(s => SectionProblems(s, all)))
            .Concat(nodes.Where(n => n.IsNew).GroupBy(n => n.UpperName, StringComparer.Ordinal).SelectMany(g => KindProblems(tree, [.. g])))
            .Concat(sections.Where(s => s.LastKeyChange >= 0 && OnedSchema.IsKeyed(s.UpperName)).Select(s => s.UpperName).Distinct(StringComparer.Ordinal)
                .SelectMany(name => RepeatedKeys(tree, name, all)));
    }

    // What the grammar cannot say: names, values, a value on a section, items below a value.
    private static IEnumerable<(int Change, string Reason)> TextProblems(OnedEditNode node)
    {
        if (!node.IsSection && node.HasItems)
        {
            foreach (OnedEditNode item in node.Items.Nodes.Where(i => !i.IsRemoved))
                yield return (item.LastWrite, $"{node.Name} is a value; nothing can stand below it");
        }

        if (TextProblem(node, isItem: false) is { } problem) yield return (node.LastWrite, problem);
        if (!node.IsSection) yield break;
        foreach (OnedEditNode item in node.Items.Nodes.Where(i => !i.IsRemoved && i.LastWrite >= 0))
        {
            if (TextProblem(item, isItem: true) is { } itemProblem) yield return (item.LastWrite, itemProblem);
        }
    }

    private static string? TextProblem(OnedEditNode node, bool isItem)
    {
        if (node.IsNew && !OnedGrammar.IsName(node.Name)) return $"{RubyText.Inspect(node.Name)} is not a name: names have letters, digits and '_'";
        if (node.LastWrite < 0 || node.ValueOrNull is not { } value) return null;
        if (node.IsSection) return $"{node.Name} is a section and has no value of its own; give the path of an item below it";
        if (OnedGrammar.ValueProblem(value, isItem) is not { } problem) return null;
        bool isSecret = !ConfigSecrets.Mask(ConfigPath.Create(node.Name), value).Equals(ConfigValue.From(value));
        return $"Cannot set {node.Name}: {(isSecret ? "the value, which is not shown, does not fit oned.conf; is it quoted as it should be?" : problem)}";
    }

    private static IEnumerable<(int Change, string Reason)> SectionProblems(OnedEditNode section, bool all) =>
        OwnProblem(section) is { } problem ? Culprits(section, problem.Culprit, all).Select(change => (change, problem.Reason)) : [];

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

    // A name is either a value or a section; a plain section occurs once. New nodes give way to those that were there.
    private static IEnumerable<(int Change, string Reason)> KindProblems(OnedTree tree, OnedEditNode[] added)
    {
        string name = added[0].UpperName;
        OnedEditNode first = tree.ReadAs(name).First();
        foreach (OnedEditNode node in added.Where(n => n != first))
        {
            if (node.IsSection != first.IsSection) yield return (node.LastWrite, $"{name} is a {Kind(first)}; it cannot be a {Kind(node)}, too");
            else if (node.IsSection && !OnedSchema.IsKeyed(name)) yield return (node.LastWrite, $"There is a section {name} already");
        }
    }

    private static string Kind(OnedEditNode node) => node.IsSection ? "section" : "value";

    // Of sections with the same NAME, the ones that got it last.
    private static IEnumerable<(int Change, string Reason)> RepeatedKeys(OnedTree tree, string name, bool all) =>
        from section in tree.ReadAs(name).Where(n => n.IsSection)
        let key = section.Items.Nodes.FirstOrDefault(n => !n.IsRemoved && n.UpperName == OnedSchema.Key)?.Value
        where key is not null
        group section by key into same
        from section in same.OrderBy(s => s.LastKeyChange).Skip(1)
        from change in Culprits(section, section.LastKeyChange, all)
        select (change, $"There would be two sections {name} with the NAME {same.Key}, and the file could not be read again");

    private static List<int> Culprits(OnedEditNode section, int culprit, bool all) => all || culprit < 0 ? section.Touched ?? [] : [culprit];
}
