namespace OneEdge.Config.Formats;

// Maps: members keep their places, new ones come last.
internal sealed partial class YamlReconciler
{
    // Gives false when nothing of the map can stay and it has to be written anew.
    private bool ReconcileMap(YamlNode node, ConfigValue wanted)
    {
        Dictionary<ConfigValue, YamlEntry> effective = Effective(node);
        bool keepsMerges = KeepsMerges(node, wanted, effective, out HashSet<ConfigValue>? provided);
        var removed = new bool[node.Entries.Count];
        for (int i = 0; i < removed.Length; i++)
        {
            YamlEntry entry = node.Entries[i];
            removed[i] = entry.IsMerge ? !keepsMerges : wanted.Find(entry.Key!.Value) is null;
        }

        List<KeyValuePair<ConfigValue, ConfigValue>> added =
            [.. wanted.Members.Where(m => !effective.ContainsKey(m.Key) && !(provided?.Contains(m.Key) ?? false))];
        bool changesShape = added.Count > 0 || removed.Contains(true);
        if (changesShape && (node.Column < 0 || !removed.Contains(false))) return false;

        for (int i = 0; i < removed.Length; i++)
        {
            if (!removed[i]) ReconcileMember(node, node.Entries[i], wanted, effective);
        }

        if (!changesShape) return true;
        RemoveEntries(node, removed);
        if (node.Style == YamlStyle.Flow) AddToFlow(node, removed, [.. added.Select(m => YamlFlowText.Member(m.Key, m.Value))]);
        else AddMembers(node, added);
        return true;
    }

    private void ReconcileMember(YamlNode node, YamlEntry entry, ConfigValue wanted, Dictionary<ConfigValue, YamlEntry> effective)
    {
        if (_aliases.Any && entry.Key is not null) Reconcile(entry.Key, entry.Key.Value, new Place(PlaceKind.Flow, entry.Start, -1));
        bool counts = !entry.IsMerge && ReferenceEquals(effective[entry.Key!.Value], entry);
        ConfigValue value = counts ? wanted.Find(entry.Key!.Value)! : CurrentValue(entry.Value) ?? entry.Value.Value;
        bool isBlock = node is { Style: YamlStyle.Block, Column: >= 0 };
        Reconcile(entry.Value, value, new Place(isBlock ? PlaceKind.Member : PlaceKind.Flow, entry.ValueFrom, node.Column, entry.HasColon));
    }

    private static Dictionary<ConfigValue, YamlEntry> Effective(YamlNode node)
    {
        var effective = new Dictionary<ConfigValue, YamlEntry>();
        foreach (YamlEntry entry in node.Entries)
        {
            if (!entry.IsMerge) effective[entry.Key!.Value] = entry;
        }

        return effective;
    }

    // Merges stay when, with the explicit members written as wanted, they give the wanted map.
    private bool KeepsMerges(YamlNode node, ConfigValue wanted, Dictionary<ConfigValue, YamlEntry> effective, out HashSet<ConfigValue>? provided)
    {
        provided = null;
        if (!node.Entries.Exists(e => e.IsMerge)) return true;
        if (node.Entries.Exists(e => e.IsMerge && !YamlMerge.IsMergeable(CurrentValue(e.Value)))) return false;
        var kept = new YamlNode
        {
            Kind = node.Kind,
            Style = node.Style,
            Start = 0,
            ContentStart = 0,
            Column = 0,
            Entries = [.. node.Entries.Where(e => e.IsMerge || wanted.Find(e.Key!.Value) is not null)],
        };
        ConfigValue merged = ConfigValue.Map(YamlMerge.Members(kept, e => e.IsMerge ? CurrentValue(e.Value)! : wanted.Find(e.Key!.Value)!));
        provided = [];
        foreach ((ConfigValue key, ConfigValue value) in merged.Members)
        {
            ConfigValue? want = wanted.Find(key);
            bool fits = want is not null && want.Equals(value);
            if (fits) provided.Add(key);
            else if (want is null || effective.ContainsKey(key)) return Drop(out provided);
        }

        return true;

        static bool Drop(out HashSet<ConfigValue>? provided)
        {
            provided = null;
            return false;
        }
    }

    // What a node that is not itself changed will be read as; null when an anchor behind it is gone.
    private ConfigValue? CurrentValue(YamlNode node)
    {
        if (node.Kind == YamlNodeKind.Alias) return _aliases.ValueOf(node);
        if (!_aliases.Any || node.Kind != YamlNodeKind.Sequence) return node.Value;
        var items = new List<ConfigValue>();
        foreach (YamlEntry entry in node.Entries)
        {
            if (CurrentValue(entry.Value) is not { } item) return null;
            items.Add(item);
        }

        return ConfigValue.Array(items);
    }

    private void AddMembers(YamlNode node, List<KeyValuePair<ConfigValue, ConfigValue>> added)
    {
        if (added.Count == 0) return;
        string indent = Indent(node.Column);
        string lines = string.Join(_layout.NewLine, added.Select(m => indent + new YamlBlockText(_layout).Member(m.Key, m.Value, node.Column)));
        YamlEntry last = node.Entries[^1];
        InsertLines(_lines.EndOfLines(last.Start, last.End), lines);
    }
}
