using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>A read shell file.</summary>
internal sealed class ShellDocument : ConfigDocument
{
    private readonly IReadOnlyList<ShellStatement> _statements;
    private readonly Lazy<ShellVariables> _variables;

    public ShellDocument(
        ConfigFormat format, SourceText source, ConfigLimits limits,
        IReadOnlyList<ShellStatement> statements, ShellIndex index, IReadOnlyList<Diagnostic> diagnostics)
        : base(format, source, limits, diagnostics)
    {
        _statements = statements;
        Index = index;
        _variables = new(() => ShellVariables.Of(source, statements));
    }

    /// <summary>The statements of the top level, in the order of the text.</summary>
    public IReadOnlyList<ShellStatement> Statements => _statements;

    /// <summary>The statements by name.</summary>
    public ShellIndex Index { get; }

    /// <summary>The variables as changes see them.</summary>
    public ShellVariables Variables => _variables.Value;

    /// <summary>A warning for each name that is assigned more than once.</summary>
    public static List<Diagnostic> RepeatedNames(SourceText source, IReadOnlyList<ShellStatement> statements, ShellIndex index) =>
    [
        .. index.Seconds.Select(second => statements[second]).Select(second => Diagnostic.Warning(
            ConfigErrorCodes.ShellRepeated,
            $"Variable {second.Name} specified multiple times. Only last value will be respected.",
            source, second.Content.Start)),
    ];

    public override ConfigValue? Find(ConfigPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Last is not { } key) return ToValue();
        return key.Kind == ConfigValueKind.String && Variables.Find(key.AsString()) is { } variable ? ConfigValue.From(variable.Value) : null;
    }

    public override ConfigValue ToValue() => ConfigValue.Map(Variables.InOrder.Select(v => (v.Name, ConfigValue.From(v.Value))));

    public override IEnumerable<KeyValuePair<ConfigPath, ConfigValue>> Enumerate() =>
        Variables.InOrder.Select(v => KeyValuePair.Create(ConfigPath.Create(v.Name), ConfigValue.From(v.Value)));

    internal override int? OffsetOf(ConfigPath path) =>
        path.Last is { Kind: ConfigValueKind.String } key && Index.TryGetLast(key.AsString(), out ShellStatement? last) ? last.Content.Start : null;

    internal override ConfigEditor CreateEditor() => new ShellEditor(this);

    internal override ConfigValue Unquote(ConfigValue value) =>
        value.Kind == ConfigValueKind.String ? ShellQuotes.Unquote(value.AsString()) : value;

    private protected override ConfigDiff Compare(ConfigDocument newer) => ShellComparer.Compare(this, (ShellDocument)newer);
}
