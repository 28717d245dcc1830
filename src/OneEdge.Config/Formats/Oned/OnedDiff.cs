namespace OneEdge.Config.Formats;

/// <summary>Compares the data of two documents; comments and layout do not count, nor does the case of names.</summary>
internal sealed class OnedDiff(OnedDocument older, OnedDocument newer)
{
    private readonly List<ConfigChange> _changes = [];
    private readonly List<Diagnostic> _warnings = [];
    private readonly string? _file = newer.Source.Name;

    public ConfigDiff Run()
    {
        OnedData left = OnedData.Of(older.Syntax);
        OnedData right = OnedData.Of(newer.Syntax);
        foreach (string name in left.Names.Concat(right.Names.Where(n => !left.Contains(n))))
        {
            if (!right.Contains(name)) RemoveAll(left, name);
            else if (!left.Contains(name)) AddAll(right, name);
            else if (left.Sections(name) is null != right.Sections(name) is null) ChangeKind(left, right, name);
            else if (left.Sections(name) is { } old) CompareSections(name, old, right.Sections(name)!);
            else CompareValues(ConfigPath.Root, name, left.Values(name), right.Values(name));
        }

        return new ConfigDiff(_changes, _warnings);
    }

    private void RemoveAll(OnedData data, string name)
    {
        if (data.Sections(name) is not null) _changes.Add(new ConfigChange { Kind = OneEdge.Config.ChangeKind.Remove, Path = ConfigPath.Create(name) });
        else RemoveValues(ConfigPath.Root, name, data.Values(name));
    }

    private void AddAll(OnedData data, string name)
    {
        if (data.Sections(name) is not { } sections) InsertValues(ConfigPath.Root, name, data.Values(name));
        else foreach ((string? key, OnedData items) in sections) InsertSection(SectionPath(name, key), items);
    }

    private void ChangeKind(OnedData left, OnedData right, string name)
    {
        _changes.Add(new ConfigChange { Kind = OneEdge.Config.ChangeKind.Remove, Key = name, Old = left.StructureOf(name) });
        AddAll(right, name);
    }

    private void CompareSections(string name, IReadOnlyList<(string? Key, OnedData Items)> old, IReadOnlyList<(string? Key, OnedData Items)> @new)
    {
        Dictionary<string, OnedData> left = old.ToDictionary(s => s.Key ?? "", s => s.Items, StringComparer.Ordinal);
        Dictionary<string, OnedData> right = @new.ToDictionary(s => s.Key ?? "", s => s.Items, StringComparer.Ordinal);
        foreach ((string? key, OnedData items) in old)
        {
            if (right.TryGetValue(key ?? "", out OnedData? other)) CompareItems(SectionPath(name, key), items, other);
            else _changes.Add(new ConfigChange { Kind = OneEdge.Config.ChangeKind.Remove, Path = SectionPath(name, key) });
        }

        foreach ((string? key, OnedData items) in @new)
        {
            if (!left.ContainsKey(key ?? "")) InsertSection(SectionPath(name, key), items);
        }
    }

    private void CompareItems(ConfigPath section, OnedData left, OnedData right)
    {
        foreach (string name in left.Names)
        {
            if (right.Contains(name)) CompareValues(section, name, left.Values(name), right.Values(name));
            else RemoveValues(section, name, left.Values(name));
        }

        foreach (string name in right.Names)
        {
            if (!left.Contains(name)) InsertValues(section, name, right.Values(name));
        }
    }

    private void CompareValues(ConfigPath path, string name, IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        if (left.Count == right.Count && left.Order(StringComparer.Ordinal).SequenceEqual(right.Order(StringComparer.Ordinal), StringComparer.Ordinal)) return;
        bool multiple = IsMultiple(path, name);
        if (!multiple && left.Count == 1 && right.Count == 1)
        {
            Replace(path, name, left[0], right[0]);
            return;
        }

        if (!multiple) Warn(path.Append(name));
        HashSet<string> old = new(left, StringComparer.Ordinal);
        HashSet<string> wanted = new(right, StringComparer.Ordinal);
        if (!multiple && right.Count == 1 && !old.Contains(right[0]))
        {
            foreach (string value in left.Skip(1).Distinct(StringComparer.Ordinal)) RemoveValue(path, name, value, multiple: true);
            Replace(path, name, left[0], right[0]);
            return;
        }

        foreach (string value in left.Distinct(StringComparer.Ordinal).Where(v => !wanted.Contains(v))) RemoveValue(path, name, value, multiple: true);
        foreach (string value in right.Distinct(StringComparer.Ordinal).Where(v => !old.Contains(v))) InsertValue(path, name, value, multiple: true);
    }

    // NAME comes first: it is what makes the section.
    private void InsertSection(ConfigPath path, OnedData items)
    {
        foreach (string name in items.Names.OrderBy(n => n == OnedSchema.Key ? 0 : 1)) InsertValues(path, name, items.Values(name));
    }

    private void RemoveValues(ConfigPath path, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 1 && !IsMultiple(path, name)) Warn(path.Append(name));
        foreach (string value in values) RemoveValue(path, name, value, values.Count > 1);
    }

    private void InsertValues(ConfigPath path, string name, IReadOnlyList<string> values)
    {
        foreach (string value in values) InsertValue(path, name, value, values.Count > 1);
    }

    private void RemoveValue(ConfigPath path, string name, string value, bool multiple) =>
        _changes.Add(new ConfigChange { Kind = OneEdge.Config.ChangeKind.Remove, Path = path, Key = name, Old = value, Multiple = multiple });

    private void InsertValue(ConfigPath path, string name, string value, bool multiple) =>
        _changes.Add(new ConfigChange { Kind = OneEdge.Config.ChangeKind.Insert, Path = path, Key = name, Value = value, Multiple = multiple });

    private void Replace(ConfigPath path, string name, string old, string value) =>
        _changes.Add(new ConfigChange { Kind = OneEdge.Config.ChangeKind.Set, Path = path, Key = name, Value = value, Old = old });

    private void Warn(ConfigPath path) => _warnings.Add(
        new Diagnostic(ConfigErrorCodes.OnedRepeated, DiagnosticSeverity.Warning, $"Parameter {path} specified multiple times.") { File = _file });

    private static bool IsMultiple(ConfigPath path, string name) => OnedSchema.IsMultiple(path.Count > 0 ? path[0].AsString() : name);

    private static ConfigPath SectionPath(string name, string? key) => key is null ? ConfigPath.Create(name) : ConfigPath.Create(name, key);
}
