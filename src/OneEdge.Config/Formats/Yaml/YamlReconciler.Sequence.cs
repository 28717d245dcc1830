namespace OneEdge.Config.Formats;

// Sequences, and the removal of entries of any collection.
internal sealed partial class YamlReconciler
{
    private void ReconcileSequence(YamlNode node, ConfigValue wanted)
    {
        ConfigValue[] older = [.. node.Entries.Select(e => e.Value.Value)];
        int[] match = YamlMatch.Find(older, wanted.Items);
        var removed = new bool[older.Length];
        var flow = new List<(int After, string Text)>();
        int old = 0;
        for (int i = 0; i <= match.Length;)
        {
            int until = i;
            while (until < match.Length && match[until] < 0) until++;
            int nextOld = until < match.Length ? match[until] : older.Length;
            ReconcileGap(node, wanted, (i, until), (old, nextOld), removed, flow);
            if (until < match.Length) ReconcileItem(node, nextOld, wanted.Items[until]);
            i = until + 1;
            old = nextOld + 1;
        }

        RemoveEntries(node, removed);
        if (node.Style != YamlStyle.Flow) return;
        foreach (IGrouping<int, (int After, string Text)> place in flow.GroupBy(f => f.After))
            AddToFlow(node, removed, [.. place.Select(p => p.Text)], place.Key);
    }

    // Between two items that stay: old items become new ones in their places, the rest goes or comes.
    private void ReconcileGap(
        YamlNode node, ConfigValue wanted, (int From, int To) news, (int From, int To) olds, bool[] removed, List<(int After, string Text)> flow)
    {
        int paired = Math.Min(news.To - news.From, olds.To - olds.From);
        for (int i = 0; i < paired; i++) ReconcileItem(node, olds.From + i, wanted.Items[news.From + i]);
        for (int i = olds.From + paired; i < olds.To; i++) removed[i] = true;
        if (news.From + paired == news.To) return;
        ConfigValue[] added = [.. Enumerable.Range(news.From + paired, news.To - news.From - paired).Select(i => wanted.Items[i])];
        if (node.Style == YamlStyle.Flow) flow.AddRange(added.Select(a => (olds.From + paired - 1, YamlFlowText.Of(a))));
        else AddItems(node, olds.From + paired - 1, added);
    }

    private void ReconcileItem(YamlNode node, int index, ConfigValue wanted)
    {
        YamlEntry entry = node.Entries[index];
        Reconcile(entry.Value, wanted, new Place(node.Style == YamlStyle.Flow ? PlaceKind.Flow : PlaceKind.Item, entry.ValueFrom, node.Column));
    }

    private void AddItems(YamlNode node, int after, ConfigValue[] added)
    {
        string indent = Indent(node.Column);
        IEnumerable<string> items = added.Select(a => new YamlBlockText(_layout).Item(a, node.Column));
        if (after >= 0)
        {
            YamlEntry previous = node.Entries[after];
            InsertLines(_lines.EndOfLines(previous.Start, previous.End), string.Join(_layout.NewLine, items.Select(i => indent + i)));
            return;
        }

        int first = node.Entries[0].Start;
        Edit(first, first, string.Concat(items.Select(i => i + _layout.NewLine + indent)));
    }

    private void RemoveEntries(YamlNode node, bool[] removed)
    {
        if (node.Style == YamlStyle.Flow)
        {
            RemoveFromFlow(node, removed);
            return;
        }

        int start = RemoveCompactHead(node, removed);
        for (int i = start; i < removed.Length; i++)
        {
            if (removed[i]) RemoveLines(node.Entries[i]);
        }
    }

    private void RemoveLines(YamlEntry entry)
    {
        int from = _lines.LineStart(entry.Start);
        int to = _lines.EndOfLines(entry.Start, entry.End);
        Edit(from, to, "");
    }

    // The first entry may stand behind the dash of an outer item: then the next one that stays moves up there, or, to keep comments, the dash stays alone.
    private int RemoveCompactHead(YamlNode node, bool[] removed)
    {
        YamlEntry first = node.Entries[0];
        if (!removed[0] || _lines.IsFirstOnLine(first.Start)) return 0;
        int stays = System.Array.IndexOf(removed, false);
        YamlEntry next = node.Entries[stays];
        if (!_lines.HasComment(_lines.EndOfLines(first.Start, first.End), next.Start))
        {
            Edit(first.Start, next.Start, "");
            return stays;
        }

        int end = _lines.EndOfLines(first.Start, first.End);
        Edit(_lines.BeforeBlanks(first.Start), end, _layout.NewLine);
        return 1;
    }
}
