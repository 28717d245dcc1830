namespace OneEdge.Config.Formats;

// Entries between brackets.
internal sealed partial class YamlReconciler
{
    private void RemoveFromFlow(YamlNode node, bool[] removed)
    {
        if (!removed.Contains(true)) return;
        int kept = System.Array.IndexOf(removed, false);
        if (!_lines.HasComment(node.ContentStart, node.End))
        {
            if (kept > 0) Edit(node.Entries[0].Start, node.Entries[kept].Start, "");
            for (int i = kept + 1; i < removed.Length; i++)
            {
                if (removed[i]) Edit(node.Entries[i - 1].End, node.Entries[i].End, "");
            }

            return;
        }

        RemoveBetweenComments(node, removed);
    }

    // Takes out the entries and as many commas, and nothing else.
    private void RemoveBetweenComments(YamlNode node, bool[] removed)
    {
        int lastKept = System.Array.LastIndexOf(removed, false);
        for (int i = 0; i < removed.Length; i++)
        {
            YamlEntry entry = node.Entries[i];
            if (removed[i]) Edit(entry.Start, entry.End, "");
            bool dropsComma = entry.Comma >= 0 && (removed[i] || (i == lastKept && lastKept < removed.Length - 1));
            if (dropsComma) Edit(entry.Comma, entry.Comma + 1, "");
        }
    }

    private void AddToFlow(YamlNode node, bool[] removed, string[] added, int? after = null)
    {
        if (added.Length == 0) return;
        int place = after ?? node.Entries.Count - 1;
        while (place >= 0 && removed[place]) place--;
        if (place < 0)
        {
            int first = System.Array.IndexOf(removed, false);
            int start = node.Entries[first].Start;
            Edit(start, start, string.Concat(added.Select(a => a + Separator(node))));
            return;
        }

        YamlEntry previous = node.Entries[place];
        Edit(previous.End, previous.End, string.Concat(added.Select(a => Separator(node) + a)));
    }

    // A collection with one entry a line goes on like that.
    private string Separator(YamlNode node)
    {
        YamlEntry last = node.Entries[^1];
        bool isOnOwnLine = node.Entries.Count > 1 ? !_lines.AreOnOneLine(node.Entries[^2].Start, last.Start) : _lines.IsFirstOnLine(last.Start);
        return isOnOwnLine && _lines.IsFirstOnLine(last.Start) ? "," + _layout.NewLine + Indent(last.Start - _lines.LineStart(last.Start)) : ", ";
    }
}
