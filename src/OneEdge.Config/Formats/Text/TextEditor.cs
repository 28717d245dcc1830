using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Applies unified diffs to an opaque text.</summary>
internal sealed class TextEditor(SourceText text) : ConfigEditor
{
    private SourceText _text = text;

    public override ChangeOutcome Apply(ConfigChange change)
    {
        if (change.Kind != ChangeKind.Set)
            return ChangeOutcome.Failed(change, "A text file can only be changed by 'set' with a unified diff as its value");
        if (change.Value is not { IsNull: false } value)
            return ChangeOutcome.NotApplied(change, "there is no diff to apply");

        // The original hands whatever Ruby's to_s makes of the value to GNU patch, and says no more than this when that fails.
        if (!UnifiedPatch.TryParse(SourceText.From(RubyText.Of(value)), out UnifiedPatch? patch, out Diagnostic? error))
            return Refused(change, error.Message);
        UnifiedPatchResult result = patch.Apply(_text);
        if (!result.IsApplied) return Refused(change, result.Reason);

        if (!result.Text.Span.SequenceEqual(_text.Span)) _text = result.Text;
        return ChangeOutcome.Applied(change);
    }

    public override SourceText ToSource() => _text;

    private static ChangeOutcome Refused(ConfigChange change, string detail) => ChangeOutcome.Failed(change, "Patch command failed") with { Detail = detail };
}
