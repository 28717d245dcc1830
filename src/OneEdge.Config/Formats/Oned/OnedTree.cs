using System.Buffers;

namespace OneEdge.Config.Formats;

/// <summary>The data of a document while it is edited: finds what changes address, and keeps the nodes and their keys.</summary>
internal sealed class OnedTree
{
    // Augeas's own text, as the original shows it.
    private const string TooManyMatches = "Too many matches for path expression";

    private static readonly SearchValues<char> ExpressionCharacters = SearchValues.Create("[]*|()=!,\\@:");

    private readonly Dictionary<string, OnedKeyIndex> _keys = new(StringComparer.Ordinal);

    // New nodes whose names are not upper case, by the name that they will be read as.
    private readonly Dictionary<string, List<OnedEditNode>> _unusual = new(StringComparer.Ordinal);
    private readonly HashSet<OnedEditNode> _changed = [];

    public OnedTree(OnedSyntax syntax)
    {
        Syntax = syntax;
        Top = new OnedScope(syntax);
    }

    public OnedSyntax Syntax { get; }

    public OnedScope Top { get; }

    /// <summary>The number of the change that runs.</summary>
    public int Change { get; set; }

    /// <summary>The nodes of the top level that differ from the text, new ones not included; sections also when only their items do.</summary>
    public IReadOnlyCollection<OnedEditNode> Changed => _changed;

    /// <summary>Finds what a change addresses.</summary>
    /// <returns>The reason why it addresses nothing, or <see langword="null"/>.</returns>
    public string? Resolve(ConfigChange change, out OnedTarget target)
    {
        target = OnedTarget.Nothing;
        if (change.Path.Count > 2) return $"Diff path can not have more than 2 components (got {change.Path.Count})";
        if (change.Path.Count == 2) return ResolveInKeyed(change, ref target);
        if (change.Path.Count == 1 && change.Key is { } key) return ResolveInPlain(RubyText.Of(change.Path[0]), RubyText.Of(key), ref target);
        if ((change.Path.Last ?? change.Key) is not { } element) return "The path is empty: a change needs the name of an attribute or a section";
        if (NameProblem(RubyText.Of(element), out OnedName name) is { } problem) return problem;
        target = new OnedTarget { Scopes = Top.Alone, Name = name };
        return null;
    }

    /// <summary>The section of a keyed name, if exactly one has this NAME.</summary>
    public OnedEditNode? FindKeyed(string name, string key) => OnedSchema.IsKeyed(name) ? KeysOf(name).Find(key) : null;

    public OnedEditNode AppendSection(string name)
    {
        var section = new OnedEditNode(name, value: null) { LastWrite = Change };
        AppendTop(section);
        if (OnedSchema.IsKeyed(name)) KeysOf(name).Add(section);
        section.Touch(Change);
        return section;
    }

    public void Append(OnedScope scope, string name, string value)
    {
        var node = new OnedEditNode(name, value) { LastWrite = Change };
        if (scope.Section is null) AppendTop(node);
        else InSection(scope.Section, node, (scope, node, value), static c => c.scope.Append(c.node));
    }

    public void Write(OnedEditNode node, OnedScope scope, string value)
    {
        if (node.ValueOrNull == value) return;
        node.LastWrite = Change;
        if (scope.Section is null) Note(node);
        if (scope.Section is null) scope.Find(node.Name)!.Write(node, value);
        else InSection(scope.Section, node, (scope, node, value), static c => c.scope.Find(c.node.Name)!.Write(c.node, c.value));
    }

    public void Remove(OnedEditNode node, OnedScope scope)
    {
        if (scope.Section is { } section)
        {
            section.LastRemoval = Change;
            InSection(section, node, (scope, node), static c => c.scope.Remove(c.node));
            return;
        }

        if (node.IsSection && OnedSchema.IsKeyed(node.Name)) KeysOf(node.Name).Remove(node, node.Key);
        Note(node);
        scope.Remove(node);
    }

    /// <summary>The live nodes of the top level that will be read under a name.</summary>
    public IEnumerable<OnedEditNode> ReadAs(string upperName) =>
        (Top.Find(upperName)?.All ?? []).Concat(_unusual.GetValueOrDefault(upperName) ?? []).Where(n => !n.IsRemoved);

    private string? ResolveInKeyed(ConfigChange change, ref OnedTarget target)
    {
        string name = RubyText.Of(change.Path[0]);
        if (!OnedSchema.IsKeyed(name)) return $"Unknown index key name for section {name}";
        OnedEditNode? section = KeysOf(name).Find(RubyText.Of(change.Path[1]));
        if (change.Key is null)
        {
            target = new OnedTarget { Scopes = Top.Alone, Section = section };
            return section is null ? NotFound(change.Path) : null;
        }

        if (NameProblem(RubyText.Of(change.Key), out OnedName item) is { } problem) return problem;
        if (section is not null) target = new OnedTarget { Scopes = section.Items.Alone, Name = item };
        else if (item.Text == OnedSchema.Key) target = new OnedTarget { Name = item, NewSection = name };
        else return NotFound(change.Path);
        return null;
    }

    private string? ResolveInPlain(string sectionElement, string key, ref OnedTarget target)
    {
        if (NameProblem(sectionElement, out OnedName name) is { } problem) return problem;
        // A change line that removes VM_MAD/"kvm" means the section; what the element says is then a NAME.
        if (FindKeyed(name.Text, key) is { } section && !OnedGrammar.IsName(key))
        {
            string notAName = $"{RubyText.Inspect(key)} is not a name";
            target = Top.Find(name.Text)!.Count == 1
                ? new OnedTarget { Name = new OnedName(key, 0), CannotCreate = notAName }
                : new OnedTarget
                {
                    Name = new OnedName(key, 0),
                    CannotCreate = TooManyMatches,
                    CannotCreateDetail = $"{notAName}; to change the section {section.Key}, name an item of it",
                };
            return null;
        }

        if (NameProblem(key, out OnedName item) is { } itemProblem) return itemProblem;
        if (name.Occurrence == 0 && Top.Find(name.Text) is { Count: 1, First: { IsSection: true } only })
        {
            target = new OnedTarget { Scopes = only.Items.Alone, Name = item };
            return null;
        }

        OnedTarget parent = new() { Scopes = Top.Alone, Name = name };
        OnedEditNode[] found = [.. parent.All];
        target = new OnedTarget
        {
            Scopes = [.. found.Where(n => n.IsSection || found.Length == 1).Select(n => n.Items)],
            Name = item,
            NewSection = found.Length == 0 ? name.Text : null,
            CannotCreate = found.Length switch
            {
                0 => name.Occurrence > 1 ? $"There is no {sectionElement}" : null,
                1 => null,
                _ => TooManyMatches,
            },
            CannotCreateDetail = found.Length < 2 ? null : ManyHint(found[0], key),
        };
        return null;
    }

    private static string ManyHint(OnedEditNode first, string key) => first.IsSection
        ? $"there are several sections {first.Name}; name one of them, as in {first.Name}/{first.Key}/{key}"
        : $"there are several values {first.Name}, and nothing can stand below a value";

    private OnedKeyIndex KeysOf(string name)
    {
        if (_keys.TryGetValue(name, out OnedKeyIndex? keys)) return keys;
        _keys.Add(name, keys = new OnedKeyIndex());
        foreach (OnedEditNode node in Top.Find(name)?.All ?? [])
        {
            if (node.IsSection) keys.Add(node);
        }

        return keys;
    }

    private void AppendTop(OnedEditNode node)
    {
        Top.Append(node);
        if (node.Name == node.UpperName) return;
        if (!_unusual.TryGetValue(node.UpperName, out List<OnedEditNode>? others)) _unusual.Add(node.UpperName, others = []);
        others.Add(node);
    }

    // Runs a change of an item and keeps the section's key and history right.
    private void InSection<T>(OnedEditNode section, OnedEditNode item, T state, Action<T> change)
    {
        Note(section);
        section.Touch(Change);
        bool isKey = item.UpperName == OnedSchema.Key;
        if (isKey) section.LastKeyChange = Change;
        if (!isKey || section.IsRemoved || !OnedSchema.IsKeyed(section.Name))
        {
            change(state);
            return;
        }

        OnedKeyIndex keys = KeysOf(section.Name);
        keys.Remove(section, section.Key);
        change(state);
        keys.Add(section);
    }

    private void Note(OnedEditNode topNode)
    {
        if (!topNode.IsNew) _changed.Add(topNode);
    }

    private static string? NameProblem(string element, out OnedName name)
    {
        bool valid = OnedName.TryParse(element, out name) && !name.Text.AsSpan().ContainsAny(ExpressionCharacters);
        return valid ? null : $"{RubyText.Inspect(element)} is not a name: names have letters, digits and '_'; of Augeas expressions only NAME[n] is supported";
    }

    private static string NotFound(ConfigPath path) => $"Patch path '{string.Join('/', path.Select(RubyText.Of))}' not found";
}
