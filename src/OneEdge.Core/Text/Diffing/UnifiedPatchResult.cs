using System.Diagnostics.CodeAnalysis;

namespace OneEdge.Text;

/// <summary>What became of a patch.</summary>
/// <param name="Text">The patched text; <see langword="null"/> when a hunk does not apply.</param>
/// <param name="Places">Where the hunks went, up to the first that does not apply.</param>
/// <param name="Reason">Which hunk does not apply and why; <see langword="null"/> when all do.</param>
public sealed record UnifiedPatchResult(SourceText? Text, IReadOnlyList<UnifiedPatchPlace> Places, string? Reason)
{
    /// <summary>Whether every hunk was applied.</summary>
    [MemberNotNullWhen(true, nameof(Text))]
    [MemberNotNullWhen(false, nameof(Reason))]
    public bool IsApplied => Text is not null;
}

/// <summary>Where a hunk was applied.</summary>
/// <param name="Line">The line of the text before this hunk, from 1.</param>
/// <param name="Offset">How many lines that is below (above when negative) the place that the patch names.</param>
/// <param name="Fuzz">How many lines of context were ignored at each end.</param>
public readonly record struct UnifiedPatchPlace(int Line, int Offset, int Fuzz);
