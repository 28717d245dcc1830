using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>A document while changes are applied to it: mutable, used by one caller, thrown away after <see cref="ToSource"/>.</summary>
internal abstract class ConfigEditor
{
    /// <summary>Applies one change; unless it is applied, nothing has changed.</summary>
    public abstract ChangeOutcome Apply(ConfigChange change);

    /// <summary>The text with every change applied so far; the original text itself when nothing changed.</summary>
    public abstract SourceText ToSource();
}
