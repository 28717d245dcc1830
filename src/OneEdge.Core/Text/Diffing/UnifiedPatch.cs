using System.Diagnostics.CodeAnalysis;

namespace OneEdge.Text;

/// <summary>
/// A unified diff that can be applied to a text, as <c>patch -f</c> does: at an offset and with up to two lines of context ignored where needed.
/// </summary>
/// <remarks>
/// Text around the hunks is skipped; each further header starts over at the top of the result so far. It is all or nothing: GNU patch
/// keeps the hunks that fit when another one does not, this class keeps none.
/// </remarks>
public sealed class UnifiedPatch
{
    private readonly IReadOnlyList<PatchSection> _sections;

    internal UnifiedPatch(IReadOnlyList<PatchSection> sections) => _sections = sections;

    /// <summary>The number of hunks.</summary>
    public int HunkCount => _sections.Sum(s => s.Hunks.Count);

    /// <summary>Reads a unified diff.</summary>
    /// <param name="diff">The diff.</param>
    /// <param name="patch">The patch; <see langword="null"/> when the text is no unified diff.</param>
    /// <param name="error">What is wrong, with its line; <see langword="null"/> when nothing is.</param>
    /// <returns>Whether the text is a unified diff.</returns>
    public static bool TryParse(SourceText diff, [NotNullWhen(true)] out UnifiedPatch? patch, [NotNullWhen(false)] out Diagnostic? error)
    {
        ArgumentNullException.ThrowIfNull(diff);
        var parser = new UnifiedPatchParser(diff);
        error = parser.Run();
        patch = error is null ? new UnifiedPatch(parser.Sections) : null;
        return patch is not null;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <returns>The patch.</returns>
    /// <exception cref="FormatException">The text is no unified diff; the message says where.</exception>
    public static UnifiedPatch Parse(SourceText diff) =>
        TryParse(diff, out UnifiedPatch? patch, out Diagnostic? error) ? patch : throw new FormatException(error.ToString());

    /// <summary>Applies the patch.</summary>
    /// <param name="text">The text to patch.</param>
    /// <returns>The new text, or why the patch does not apply.</returns>
    public UnifiedPatchResult Apply(SourceText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var places = new List<UnifiedPatchPlace>();
        SourceText result = text;
        foreach (PatchSection section in _sections)
        {
            var run = new PatchRun(result, section, places);
            if (run.Apply() is { } reason) return new UnifiedPatchResult(Text: null, places, reason);
            result = run.ToText();
        }

        return new UnifiedPatchResult(result.WithName(text.Name), places, Reason: null);
    }
}
