using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>An immutable configuration file: its values, and its text down to the last byte.</summary>
public abstract partial class ConfigDocument
{
    private protected ConfigDocument(ConfigFormat format, SourceText source, ConfigLimits limits, IReadOnlyList<Diagnostic> diagnostics)
    {
        Format = format;
        Source = source;
        Limits = limits;
        Diagnostics = diagnostics;
    }

    /// <summary>The format that the document was read in.</summary>
    public ConfigFormat Format { get; }

    /// <summary>The text; writing it gives the bytes that were read.</summary>
    public SourceText Source { get; }

    /// <summary>The warnings of reading.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>The limits that the document was read with.</summary>
    internal ConfigLimits Limits { get; }

    /// <summary>Looks a value up, as changes see it (strings of oned.conf and shell files with their quotes).</summary>
    /// <param name="path">The path.</param>
    /// <returns>The value; a section as a map, a repeated attribute as an array, <see langword="null"/> when there is none.</returns>
    public abstract ConfigValue? Find(ConfigPath path);

    /// <summary>The whole data of the document as one value.</summary>
    /// <returns>The value.</returns>
    public abstract ConfigValue ToValue();

    /// <summary>Every scalar and empty collection of the document with its path, in the order of the text.</summary>
    /// <returns>Paths and values; the path of an array item ends with its index. A repeated attribute yields its path once per value.</returns>
    public abstract IEnumerable<KeyValuePair<ConfigPath, ConfigValue>> Enumerate();

    /// <summary>Whether there is a value at a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Whether there is.</returns>
    public bool Contains(ConfigPath path) => Find(path) is not null;

    /// <summary>The place of the item at a path, for messages.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Line and column; <see langword="null"/> when there is no such item or it has no place of its own.</returns>
    public LinePosition? PositionOf(ConfigPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return OffsetOf(path) is { } offset ? Source.GetPosition(offset) : null;
    }

    /// <summary>Applies one change.</summary>
    /// <param name="change">The change.</param>
    /// <returns>The new document and what became of the change; this document stays as it is.</returns>
    public ConfigApplyResult Apply(ConfigChange change) => Apply([change]);

    /// <summary>Applies changes in order; one that does not apply changes nothing and does not stop the others.</summary>
    /// <param name="changes">The changes.</param>
    /// <returns>The new document and what became of each change.</returns>
    public ConfigApplyResult Apply(IEnumerable<ConfigChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ConfigEditor editor = CreateEditor();
        List<ChangeOutcome> outcomes = [];
        foreach (ConfigChange change in changes) outcomes.Add(editor.Apply(change));
        IReadOnlyList<ChangeOutcome> completed = editor.Complete(outcomes);
        return new ConfigApplyResult(this, editor.ToSource(), completed);
    }

    /// <summary>The changes that turn this document into another one.</summary>
    /// <param name="newer">The other document, of the same format.</param>
    /// <returns>The changes and what is worth a warning; no changes when both hold the same data.</returns>
    /// <exception cref="ArgumentException">The other document has another format.</exception>
    public ConfigDiff DiffTo(ConfigDocument newer)
    {
        ArgumentNullException.ThrowIfNull(newer);
        if (newer.Format.ClassName != Format.ClassName)
            throw new ArgumentException($"A {Format} document cannot be compared with a {newer.Format} document.", nameof(newer));
        return Compare(newer);
    }

    /// <summary>The text of the document.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Source.ToString();

    internal abstract ConfigEditor CreateEditor();

    // The byte offset of the first item at a path.
    internal virtual int? OffsetOf(ConfigPath path) => null;

    // The typed view of a scalar: oned.conf and shell files take their quotes off.
    internal virtual ConfigValue Unquote(ConfigValue value) => value;

    private protected abstract ConfigDiff Compare(ConfigDocument newer);
}
