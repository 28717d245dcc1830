using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>Decides what a patch does to texts; pure.</summary>
internal static class PatchPlanner
{
    public static FilePlan Plan(FilePatch patch, SourceText text, ConfigLimits limits)
    {
        if (!patch.Format.TryParse(text, out ConfigDocument? document, out IReadOnlyList<Diagnostic> findings, limits))
            return Unreadable(patch, text, findings);
        ConfigApplyResult result = document.Apply(patch.Changes);
        return new FilePlan(patch.File, patch.Format, text, result.Text, result.Outcomes) { Diagnostics = findings };
    }

    public static FilePlan Unreadable(FilePatch patch, SourceText text, IReadOnlyList<Diagnostic> findings) =>
        new(patch.File, patch.Format, text, text, []) { Diagnostics = findings };
}
