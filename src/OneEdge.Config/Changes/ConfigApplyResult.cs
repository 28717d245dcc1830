using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>The result of applying changes to a document.</summary>
public sealed class ConfigApplyResult
{
    private readonly ConfigDocument _original;
    private ConfigDocument? _document;

    internal ConfigApplyResult(ConfigDocument original, SourceText text, IReadOnlyList<ChangeOutcome> outcomes)
    {
        _original = original;
        Text = text;
        Outcomes = outcomes;
    }

    /// <summary>The new text.</summary>
    public SourceText Text { get; }

    /// <summary>What became of each change, in their order.</summary>
    public IReadOnlyList<ChangeOutcome> Outcomes { get; }

    /// <summary>The new document; the original one when the text did not change. It is read when first asked for.</summary>
    public ConfigDocument Document => _document ??= ReferenceEquals(Text, _original.Source) ? _original : _original.Format.Parse(Text, _original.Limits);

    /// <summary>Whether every change was applied.</summary>
    public bool IsComplete => Outcomes.All(o => o.Status == ChangeStatus.Applied);

    /// <summary>The number of applied changes.</summary>
    public int AppliedCount => Outcomes.Count(o => o.Status == ChangeStatus.Applied);
}
