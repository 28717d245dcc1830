using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>A document while changes are applied to it: mutable, used by one caller, thrown away after <see cref="ToSource"/>.</summary>
internal abstract class ConfigEditor
{
    /// <summary>Applies one change; unless it is applied, nothing has changed.</summary>
    public abstract ChangeOutcome Apply(ConfigChange change);

    /// <summary>Ends the batch: a change whose end state could not be read again becomes failed and has no effect; the others stay applied.</summary>
    public virtual IReadOnlyList<ChangeOutcome> Complete(IReadOnlyList<ChangeOutcome> outcomes) => outcomes;

    /// <summary>The text with every change applied so far; the original text itself when nothing changed.</summary>
    public abstract SourceText ToSource();
}
