using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Applies changes as the original does, except that what could not be written or read again is refused with its reason.</summary>
internal sealed class OnedEditor(OnedDocument document) : CheckedEditor
{
    private OnedTree _tree = new(document.Syntax);

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

    protected override void Restart() => _tree = new OnedTree(document.Syntax);

    protected override IEnumerable<(int Change, string Reason)> Problems(bool all) => OnedEndCheck.Problems(_tree, all);

    protected override ChangeOutcome Run(ConfigChange change, int number)
    {
        _tree.Change = number;
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
        if (nodes.Length == 0 && change is { IsLine: true, Path.Count: 1, Key: { } key })
            nodes = [.. Optional(_tree.FindKeyed(RubyText.Of(change.Path[0]), RubyText.Of(key)))];
        if (nodes.Length == 0) return ChangeOutcome.NotApplied(change, NothingToRemove(change, target));
        foreach (OnedEditNode node in nodes) _tree.Remove(node, ScopeOf(node, target));
        return ChangeOutcome.Applied(change);
    }

    private ChangeOutcome Create(ConfigChange change, OnedTarget target, bool replaced)
    {
        string name = target.Name.Text;
        string value = Text(change);
        if (target.CannotCreate is { } obstacle) return ChangeOutcome.Failed(change, obstacle, target.CannotCreateDetail);
        if (target.Name.Occurrence > 1 && (target.Scopes.Count == 0 || target.Scopes[0].Find(name)?.Count != target.Name.Occurrence - 1))
            return ChangeOutcome.Failed(change, $"There is no {name}[{target.Name.Occurrence}], nor one before it");

        OnedScope scope = target.NewSection is { } parent ? _tree.AppendSection(parent).Items : target.Scopes[0];
        _tree.Append(scope, name, value);
        return ChangeOutcome.Applied(change, replaced);
    }

    // Gives the first occurrence the value; when it took the place of another value, the other occurrences go.
    private ChangeOutcome Overwrite(ConfigChange change, OnedTarget target, bool replaced)
    {
        OnedEditNode first = target.First!;
        if (first.IsSection && !replaced && change.Value is null or { IsNull: true }) return ChangeOutcome.Applied(change);
        OnedScope scope = ScopeOf(first, target);
        string value = Text(change);
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
        return change.Old is null or { IsNull: true }
            ? $"{change.Target} has many values; say which one to remove"
            : $"{change.Target} has no value {change.Old.ToJson()}";
    }

    private static string Text(ConfigChange change) => RubyText.Of(change.Value ?? ConfigValue.Null);

    private static IEnumerable<OnedEditNode> Optional(OnedEditNode? node) => node is null ? [] : [node];
}
