namespace OneEdge.Config.Formats;

/// <summary>Finds out how a document is laid out, so that new text looks like its surroundings.</summary>
internal static class YamlLayoutFinder
{
    private const int MostNodes = 2000;

    public static YamlLayout Find(YamlNode? root, string newLine)
    {
        int step = 0;
        int sequenceIndent = -1;
        int dashWidth = 0;
        var open = new Queue<YamlNode>();
        if (root is not null) open.Enqueue(root);
        for (int seen = 0; seen < MostNodes && open.TryDequeue(out YamlNode? node); seen++)
        {
            foreach (YamlEntry entry in node.Entries)
            {
                YamlNode value = entry.Value;
                if (value.Entries.Count == 0 || seen + open.Count > MostNodes) continue;
                open.Enqueue(value);
                if (!node.IsBlockCollection || !value.IsBlockCollection || value.Column < 0) continue;
                int indent = value.Column - node.Column;
                if (node.Kind == YamlNodeKind.Sequence && dashWidth == 0 && indent > 1) dashWidth = indent;
                else if (node.Kind == YamlNodeKind.Mapping && value.Kind == YamlNodeKind.Mapping && step == 0 && indent > 0) step = indent;
                else if (node.Kind == YamlNodeKind.Mapping && value.Kind == YamlNodeKind.Sequence && sequenceIndent < 0) sequenceIndent = indent;
            }
        }

        if (step == 0) step = sequenceIndent > 0 ? sequenceIndent : 2;
        return new YamlLayout(step, sequenceIndent < 0 ? 2 : sequenceIndent, dashWidth == 0 ? 2 : dashWidth, newLine);
    }
}
