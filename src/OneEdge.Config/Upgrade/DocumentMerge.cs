using OneEdge.Config.Formats;

namespace OneEdge.Config;

/// <summary>
/// The three-way merge of one file: what the user changed in the old stock file is carried over onto the new stock file, whose
/// text and comments stay. Pure.
/// </summary>
internal sealed class DocumentMerge
{
    private readonly string _file;
    private readonly ConfigDocument _old;
    private readonly ConfigDocument _mine;
    private readonly ConfigDocument _new;
    private readonly Func<UpgradeConflict, ConflictChoice> _resolve;
    private readonly List<ConfigChange> _changes = [];
    private readonly List<UpgradeConflict> _conflicts = [];
    private readonly HashSet<ConfigPath> _settled = [];
    private readonly bool _inAnyOrder;
    private IReadOnlyList<ConfigChange>? _mineOverNew;

    private DocumentMerge(string file, ConfigDocument old, ConfigDocument mine, ConfigDocument @new, Func<UpgradeConflict, ConflictChoice> resolve)
    {
        _file = file;
        _old = old;
        _mine = mine;
        _new = @new;
        _resolve = resolve;
        _inAnyOrder = @new.Format != ConfigFormat.YamlStrict;
    }

    private IReadOnlyList<ConfigChange> MineOverNew => _mineOverNew ??= _new.DiffTo(_mine).Changes;

    /// <summary>Merges.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="old">The stock file of the old release.</param>
    /// <param name="mine">The installed file.</param>
    /// <param name="new">The stock file of the new release.</param>
    /// <param name="resolve">Decides conflicts.</param>
    /// <returns>The carried-over changes with their outcome on the new stock file, and the conflicts.</returns>
    public static (ConfigApplyResult Result, IReadOnlyList<UpgradeConflict> Conflicts) Run(
        string file, ConfigDocument old, ConfigDocument mine, ConfigDocument @new, Func<UpgradeConflict, ConflictChoice> resolve)
    {
        var merge = new DocumentMerge(file, old, mine, @new, resolve);
        foreach (ConfigChange change in old.DiffTo(mine).Changes) merge.Carry(change);
        ConfigApplyResult result = @new.Apply(merge._changes);
        foreach (ChangeOutcome refused in result.Outcomes.Where(o => o.Status == ChangeStatus.Failed)) merge.Refused(refused);
        return (result, merge._conflicts);
    }

    private void Carry(ConfigChange change)
    {
        if (_settled.Any(p => Overlap(p, change.Target))) return;
        if (change.Index is not null)
        {
            CarryArray(change.Path);
            return;
        }

        if (IsItem(change))
        {
            CarryItem(change);
            return;
        }

        CarryKey(change);
    }

    private void CarryKey(ConfigChange change)
    {
        ConfigPath target = change.Target;
        ConfigValue? old = _old.Find(target), mine = _mine.Find(target), theirs = _new.Find(target);
        if (change.Export is not null && theirs is not null && (Same(mine, theirs) || change.Value is null))
        {
            CarryExport(change);
            return;
        }

        if (Same(mine, theirs)) return;
        if (change.Key is not null && ContainerIsGone(change.Path))
        {
            Conflict(ConflictKind.Gone, Container(change.Path), c => Overlap(c.Target, Container(change.Path)));
        }
        else if (Same(old, theirs) || IsRemainder(target, old, mine, theirs))
        {
            _changes.Add(change);
        }
        else if (change.Kind == ChangeKind.Remove && theirs is null)
        {
            return;
        }
        else
        {
            bool typeChanged = old is not null && theirs is not null && IsCollection(old) != IsCollection(theirs);
            ConflictKind kind = theirs is null && old is not null ? ConflictKind.Gone : typeChanged ? ConflictKind.TypeChanged : ConflictKind.BothChanged;
            Conflict(kind, target, c => Overlap(c.Target, target));
        }
    }

    // Shell files: whether a variable is exported is asked for apart from its value.
    private void CarryExport(ConfigChange change)
    {
        if (change.Kind == ChangeKind.Set) _changes.Add(change with { Value = null, Old = null });
        else if (MineOverNew.Any(c => c.Target.Equals(change.Target))) Conflict(ConflictKind.BothChanged, change.Target, c => c.Target.Equals(change.Target));
    }

    // One more or one fewer value of a set: it does not matter what else the new release did to the set.
    private void CarryItem(ConfigChange change)
    {
        ConfigPath target = change.Target;
        ConfigValue? theirs = _new.Find(target);
        bool isSet = theirs is null or { Kind: ConfigValueKind.Array } || _new.Format == ConfigFormat.Oned;
        bool isGone = theirs is null && _new.Format.HasSymbols;
        if (isSet && !isGone)
        {
            _changes.Add(change);
            return;
        }

        if (isGone && change.Kind == ChangeKind.Remove) return;
        ConfigPath place = isGone ? Container(target) : target;
        Conflict(isGone ? ConflictKind.Gone : ConflictKind.TypeChanged, place, c => Overlap(c.Target, place));
    }

    // An ordered list: taken as one value, unless both sides only added and removed items.
    private void CarryArray(ConfigPath path)
    {
        _settled.Add(path);
        ConfigValue? old = _old.Find(path), mine = _mine.Find(path), theirs = _new.Find(path);
        if (Same(mine, theirs) || (theirs is null && old is not null && mine is not null && Remainder.IsLeftOf(old, mine, _inAnyOrder))) return;
        ConfigValue? merged = Same(old, theirs) ? mine : OrderedMerge.Run(old, mine, theirs);
        if (merged is not null && path.Count > 0 && theirs is not null)
        {
            _changes.Add(new ConfigChange { Kind = ChangeKind.Set, Path = path.Parent, Key = path.Last, Value = merged, Old = theirs });
            return;
        }

        _settled.Remove(path);
        ConflictKind kind = theirs is null ? ConflictKind.Gone : theirs.Kind != ConfigValueKind.Array ? ConflictKind.TypeChanged : ConflictKind.BothChanged;
        ConfigPath place = theirs is null ? Container(path) : path;
        Conflict(kind, place, c => Overlap(c.Target, place));
    }

    private void Conflict(ConflictKind kind, ConfigPath path, Func<ConfigChange, bool> touches)
    {
        _settled.Add(path);
        var conflict = new UpgradeConflict(_file, kind, path, _old.Find(path), _mine.Find(path), _new.Find(path));
        conflict = conflict with { Choice = _resolve(conflict) };
        _conflicts.Add(conflict);
        if (conflict.Choice != ConflictChoice.Mine) return;
        _changes.AddRange(MineOverNew.Where(touches));
    }

    private void Refused(ChangeOutcome outcome)
    {
        ConfigPath path = outcome.Change.Target;
        var conflict =
            new UpgradeConflict(_file, ConflictKind.BothChanged, path, _old.Find(path), _mine.Find(path), _new.Find(path)) { Detail = outcome.Explanation };
        // What the new file can't take can only be left out.
        _conflicts.Add(conflict with { Choice = _resolve(conflict) == ConflictChoice.New ? ConflictChoice.New : ConflictChoice.Fail });
    }

    private bool ContainerIsGone(ConfigPath path) => path.Count > 0 && _old.Contains(path) && !_new.Contains(path);

    // The highest container that is gone, or what is gone itself.
    private ConfigPath Container(ConfigPath path)
    {
        while (path.Count > 1 && !_new.Contains(path.Parent)) path = path.Parent;
        return path;
    }

    private bool IsItem(ConfigChange change) => change.Multiple == true
        || (change.Key is null && change.Path.Count > 0 && _new.Format.HasSymbols)
        || (change.Multiple is not null && OnedSchema.IsMultipleName(change));

    private bool Same(ConfigValue? left, ConfigValue? right)
    {
        if (left is null || right is null) return left is null && right is null;
        return _inAnyOrder ? left.EqualsInAnyOrder(right) : left.Equals(right);
    }

    // The user removed all of what the release removed some of.
    private bool IsRemainder(ConfigPath target, ConfigValue? old, ConfigValue? mine, ConfigValue? theirs) =>
        mine is null && old is not null && theirs is not null && target.Count > 0 && Remainder.IsLeftOf(old, theirs, _inAnyOrder);

    private static bool IsCollection(ConfigValue value) => value.Kind == ConfigValueKind.Map;

    private static bool Overlap(ConfigPath left, ConfigPath right)
    {
        int shared = Math.Min(left.Count, right.Count);
        for (int i = 0; i < shared; i++)
        {
            if (!left[i].Equals(right[i])) return false;
        }

        return true;
    }
}
