using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Applies changes as the original does, except that what could not be written or read again is refused with its reason.</summary>
internal sealed class OnedEditor(OnedDocument document) : ConfigEditor
{
    // Past this, a section that stays broken is left as it was by refusing every change to it.
    private const int MaxGentlePasses = 8;

    private readonly Dictionary<int, string> _refused = [];
    private OnedTree _tree = new(document.Syntax);
    private int _count;

    public override ChangeOutcome Apply(ConfigChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        _tree.Change = _count++;
        return Run(change);
    }

    /// <summary>Refuses changes whose end state could not be read again, and applies the others as if those had not been there.</summary>
    public override IReadOnlyList<ChangeOutcome> Complete(IReadOnlyList<ChangeOutcome> outcomes)
    {
        for (int pass = 1; ; pass++)
        {
            List<(int Change, string Reason)> problems = [.. OnedEndCheck.Problems(_tree, all: pass > MaxGentlePasses)];
            if (problems.Count == 0) return outcomes;
            foreach ((int change, string reason) in problems) _refused.TryAdd(change, reason);
            _tree = new OnedTree(document.Syntax);
            outcomes = [.. outcomes.Select((outcome, i) =>
            {
                _tree.Change = i;
                return _refused.TryGetValue(i, out string? reason) ? ChangeOutcome.Failed(outcome.Change, reason) : Run(outcome.Change);
            })];
        }
    }

    public override SourceText ToSource() => new OnedTextWriter(_tree).Write();

    /// <summary>The data as the editor sees it; what is read from <see cref="ToSource"/> must equal it.</summary>
    internal ConfigValue ToValue()
    {
        var builder = new OnedValueBuilder();
        foreach (OnedEditNode node in _tree.Top.Nodes.Where(n => !n.IsRemoved))
        {
            if (!node.IsSection)
            {
                builder.AddValue(node.UpperName, node.Value);
                continue;
            }

            var items = new OnedValueBuilder();
            foreach (OnedEditNode item in node.Items.Nodes.Where(n => !n.IsRemoved)) items.AddValue(item.UpperName, item.Value);
            builder.AddSection(node.UpperName, OnedSchema.IsKeyed(node.UpperName) ? KeyReadFrom(node) : null, items.ToValue());
        }

        return builder.ToValue();
    }

    private static string? KeyReadFrom(OnedEditNode section) => section.Items.Nodes.FirstOrDefault(n => !n.IsRemoved && n.UpperName == OnedSchema.Key)?.Value;

    private ChangeOutcome Run(ConfigChange change)
    {
        if (_tree.Resolve(change, out OnedTarget target) is { } problem) return ChangeOutcome.Failed(change, problem);
        return change.Kind switch
        {
            ChangeKind.Insert => Insert(change, target),
            ChangeKind.Set => Set(change, target),
            _ => Remove(change, target),
        };
    }

    private ChangeOutcome Insert(ConfigChange change, OnedTarget target)
    {
        if (target.First is null) return Create(change, target, replaced: false);
        if (target.WithValue(change.Value) is not null) return ChangeOutcome.NotApplied(change, "The value is there already");
        return OnedSchema.IsMultiple(change) ? Create(change, target, replaced: false) : Overwrite(change, target, replaced: true);
    }

    private ChangeOutcome Set(ConfigChange change, OnedTarget target)
    {
        if (target.First is not { } first) return Create(change, target, replaced: true);
        return Overwrite(change, target, replaced: !OnedTarget.Holds(first, change.Old));
    }

    private ChangeOutcome Remove(ConfigChange change, OnedTarget target)
    {
        OnedEditNode[] nodes = OnedSchema.IsMultiple(change) ? [.. Optional(target.WithValue(change.Old))] : [.. target.All];
        if (nodes.Length == 0 && change is { IsLine: true, Path.Count: 1, Key: { } key }) nodes = [.. Optional(_tree.FindKeyed(RubyText.Of(change.Path[0]), RubyText.Of(key)))];
        if (nodes.Length == 0) return ChangeOutcome.NotApplied(change, NothingToRemove(change, target));
        foreach (OnedEditNode node in nodes) _tree.Remove(node, ScopeOf(node, target));
        return ChangeOutcome.Applied(change);
    }

    private ChangeOutcome Create(ConfigChange change, OnedTarget target, bool replaced)
    {
        string name = target.Name.Text;
        string value = Text(change);
        bool inSection = target.NewSection is not null || target.Scopes is [{ Section: not null }, ..];
        if (target.CannotCreate is { } obstacle) return ChangeOutcome.Failed(change, obstacle);
        if (target.Scopes.Count > 1) return ChangeOutcome.Failed(change, $"There are several sections; name one of them to add {name}");
        if (!OnedGrammar.IsName(name)) return ChangeOutcome.Failed(change, $"{RubyText.Inspect(name)} is not a name: names have letters, digits and '_'");
        if (target.Name.Occurrence > 1 && (target.Scopes.Count == 0 || target.Scopes[0].Find(name)?.Count != target.Name.Occurrence - 1))
            return ChangeOutcome.Failed(change, $"There is no {name}[{target.Name.Occurrence}], nor one before it");
        if (OnedGrammar.ValueProblem(value, inSection) is { } problem) return ChangeOutcome.Failed(change, $"Cannot set {change.Target}: {problem}");
        if (target.NewSection is { } section && !OnedGrammar.IsName(section)) return ChangeOutcome.Failed(change, $"{RubyText.Inspect(section)} is not a name");
        if (target.NewSection is { } made && _tree.Conflict(made, isSection: true) is { } clash) return ChangeOutcome.Failed(change, clash);
        if (!inSection && _tree.Conflict(name, isSection: false) is { } conflict) return ChangeOutcome.Failed(change, conflict);

        OnedScope scope = target.NewSection is { } parent ? _tree.AppendSection(parent).Items : target.Scopes[0];
        _tree.Append(scope, name, value);
        return ChangeOutcome.Applied(change, replaced);
    }

    // Gives the first occurrence the value; when it took the place of another value, the other occurrences go.
    private ChangeOutcome Overwrite(ConfigChange change, OnedTarget target, bool replaced)
    {
        OnedEditNode first = target.First!;
        if (first.IsSection && !replaced && change.Value is null or { IsNull: true }) return ChangeOutcome.Applied(change);
        if (first.IsSection) return ChangeOutcome.Failed(change, $"{first.Name} is a section and has no value of its own; give the path of an item below it");
        OnedScope scope = ScopeOf(first, target);
        string value = Text(change);
        if (OnedGrammar.ValueProblem(value, scope.Section is not null) is { } problem) return ChangeOutcome.Failed(change, $"Cannot set {change.Target}: {problem}");
        if (replaced && target.IsRepeated)
        {
            foreach (OnedEditNode other in target.All.Skip(1).ToArray()) _tree.Remove(other, ScopeOf(other, target));
        }

        _tree.Write(first, scope, value);
        return ChangeOutcome.Applied(change, replaced);
    }

    private OnedScope ScopeOf(OnedEditNode node, OnedTarget target)
    {
        if (node.IsSection) return _tree.Top;
        return target.Scopes.Count == 1 ? target.Scopes[0] : target.Scopes.First(s => s.Nodes.Contains(node));
    }

    private static string NothingToRemove(ConfigChange change, OnedTarget target)
    {
        if (!OnedSchema.IsMultiple(change) || target.First is null) return $"There is no {change.Target}";
        return change.Old is null or { IsNull: true } ? $"{change.Target} has many values; say which one to remove" : $"{change.Target} has no value {change.Old.ToJson()}";
    }

    private static string Text(ConfigChange change) => RubyText.Of(change.Value ?? ConfigValue.Null);

    private static IEnumerable<OnedEditNode> Optional(OnedEditNode? node) => node is null ? [] : [node];
}
