using System.Diagnostics.CodeAnalysis;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Applies changes to the variables of a shell file.</summary>
/// <remarks>Of a path only the last element counts, as in the original.</remarks>
internal sealed class ShellEditor(ShellDocument document) : ConfigEditor
{
    private readonly ShellDraft _draft = new(document);

    public override ChangeOutcome Apply(ConfigChange change)
    {
        // The original's own text, so that its log line stays the same.
        if (change.Key is not { IsNull: false } key) return ChangeOutcome.Failed(change, "no implicit conversion of nil into String");
        if (key.Kind is not (ConfigValueKind.String or ConfigValueKind.Symbol))
            return ChangeOutcome.Failed(change, $"The key {key} is not the name of a variable: expected a string, got {RubyText.ClassOf(key)}");
        ShellDraftVariable variable = _draft.Variable(key.AsString(), change.IsLine);
        return change.Kind switch
        {
            ChangeKind.Insert => Insert(change, variable),
            ChangeKind.Set => Set(change, variable),
            _ => Remove(change, variable),
        };
    }

    public override SourceText ToSource() => _draft.ToSource();

    /// <summary>The data after the changes so far, in no order.</summary>
    internal IEnumerable<ShellVariable> Data() => _draft.Data();

    private ChangeOutcome Insert(ConfigChange change, ShellDraftVariable variable)
    {
        if (variable.Value is { } current && IsText(change.Value, current))
            return ChangeOutcome.NotApplied(change, $"{variable.Name} has this value already");
        bool replaces = variable.Exists;
        if (!TryWrite(change, variable, out ChangeOutcome? failure)) return failure;
        if (replaces || change.Export is false) variable.SetExported(change.Export ?? false);
        else if (change.Export is true) variable.SetExported(true);
        return ChangeOutcome.Applied(change, replaces);
    }

    private ChangeOutcome Set(ConfigChange change, ShellDraftVariable variable)
    {
        bool writes = IsTruthy(change.Value) && IsTruthy(change.Old);
        bool replaces = writes && !(variable.Value is { } current && IsText(change.Old, current));
        if (writes && !TryWrite(change, variable, out ChangeOutcome? failure)) return failure;
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

    private bool TryWrite(ConfigChange change, ShellDraftVariable variable, [NotNullWhen(false)] out ChangeOutcome? failure)
    {
        ConfigValue value = change.Value ?? ConfigValue.Null;
        string text = RubyText.Of(value);
        failure = null;
        if (!variable.Exists && !ShellText.IsName(variable.Name))
        {
            failure = ChangeOutcome.Failed(change, $"'{variable.Name}' is not a name of a variable: a name has letters, digits, '_' and '-'");
            return false;
        }

        // A change line never meant to make an array, and the original refuses it; from one array to another is fine.
        bool arrays = !change.IsLine || variable.Value is ['(', ..];
        if (!ShellText.IsValue(text, arrays, out string stored, document.Limits))
        {
            failure = ChangeOutcome.Failed(change, $"The value {RubyText.Inspect(text)} does not fit a shell variable: {ShellText.WhyNot(text)}");
            return false;
        }

        _draft.Write(variable, stored);
        return true;
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
