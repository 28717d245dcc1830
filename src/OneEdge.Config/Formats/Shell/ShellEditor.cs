using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Applies changes to the variables of a shell file.</summary>
/// <remarks>Of a path only the last element counts, as in the original.</remarks>
internal sealed class ShellEditor(ShellDocument document) : CheckedEditor
{
    private ShellDraft _draft = new(document);

    public override SourceText ToSource() => _draft.ToSource();

    /// <summary>The data after the changes so far, in no order.</summary>
    internal IEnumerable<ShellVariable> Data() => _draft.Data();

    protected override ChangeOutcome Run(ConfigChange change, int number)
    {
        // The original's own text, so that its log line stays the same.
        if (change.Key is not { IsNull: false } key) return ChangeOutcome.Failed(change, "no implicit conversion of nil into String");
        if (key.Kind is not (ConfigValueKind.String or ConfigValueKind.Symbol))
            return ChangeOutcome.Failed(change, $"The key {key} is not the name of a variable: expected a string, got {RubyText.ClassOf(key)}");
        ShellDraftVariable variable = _draft.Variable(key.AsString(), change.IsLine);
        return change.Kind switch
        {
            ChangeKind.Insert => Insert(change, number, variable),
            ChangeKind.Set => Set(change, number, variable),
            _ => Remove(change, variable),
        };
    }

    protected override void Restart() => _draft = new ShellDraft(document);

    protected override IEnumerable<(int Change, string Reason)> Problems(bool all) => _draft.Written
        .Select(item => (item.Change, Reason: Problem(item)!)).Where(p => p.Reason is not null);

    private string? Problem(ShellDraftItem item)
    {
        if (item.Statement is null && !ShellText.IsName(item.Name))
            return $"'{item.Name}' is not a name of a variable: a name has letters, digits, '_' and '-'";
        if (item.Value == item.OriginalValue || ShellText.IsValue(item.Value, item.MayBeArray, document.Limits)) return null;
        string shown = RubyText.Of(ConfigSecrets.Mask(ConfigPath.Create(item.Name), item.Value));
        return $"The value {RubyText.Inspect(shown)} does not fit a shell variable: {ShellText.WhyNot(item.Value)}";
    }

    private ChangeOutcome Insert(ConfigChange change, int number, ShellDraftVariable variable)
    {
        if (variable.Value is { } current && IsText(change.Value, current))
            return ChangeOutcome.NotApplied(change, $"{variable.Name} has this value already");
        bool replaces = variable.Exists;
        Write(change, number, variable);
        if (replaces || change.Export is false) variable.SetExported(change.Export ?? false);
        else if (change.Export is true) variable.SetExported(true);
        return ChangeOutcome.Applied(change, replaces);
    }

    private ChangeOutcome Set(ConfigChange change, int number, ShellDraftVariable variable)
    {
        bool writes = IsTruthy(change.Value) && IsTruthy(change.Old);
        bool replaces = writes && !(variable.Value is { } current && IsText(change.Old, current));
        if (writes) Write(change, number, variable);
        bool exports = change.Export is { } export && variable.Exists && export != variable.IsExported;
        if (exports) variable.SetExported(change.Export == true);
        return writes || exports ? ChangeOutcome.Applied(change, replaces) : ChangeOutcome.NotApplied(change, NothingToSet(change, variable));
    }

    private static ChangeOutcome Remove(ConfigChange change, ShellDraftVariable variable)
    {
        if (!variable.Exists) return ChangeOutcome.NotApplied(change, $"{variable.Name} does not exist");
        variable.Remove();
        return ChangeOutcome.Applied(change);
    }

    private void Write(ConfigChange change, int number, ShellDraftVariable variable)
    {
        // A change line never meant to make an array, and the original refuses it; from one array to another is fine.
        bool arrays = !change.IsLine || variable.Value is ['(', ..];
        ShellDraftItem item = _draft.Write(variable, ShellText.Stored(RubyText.Of(change.Value ?? ConfigValue.Null)));
        item.Change = number;
        item.MayBeArray = arrays;
    }

    private static string NothingToSet(ConfigChange change, ShellDraftVariable variable)
    {
        if (change.Export is not null) return variable.Exists ? $"{variable.Name} is exported as wanted" : $"{variable.Name} does not exist";
        return IsTruthy(change.Value) ? "the change has no old value" : "a set needs a value other than null and false; write \"false\" for the text";
    }

    // A value of a file is text, which no number equals.
    private static bool IsText(ConfigValue? value, string text) => value?.Kind == ConfigValueKind.String && value.AsString() == text;

    private static bool IsTruthy(ConfigValue? value) => value is { IsNull: false } && !(value.Kind == ConfigValueKind.Boolean && !value.AsBoolean());
}
