using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>What a patch would make of one file.</summary>
/// <param name="File">The file, as seen from the root of the installation.</param>
/// <param name="Format">Its format.</param>
/// <param name="Before">The text as it is.</param>
/// <param name="After">The text as it would be; the same object when nothing would change.</param>
/// <param name="Outcomes">What would become of each change, in order.</param>
public sealed record FilePlan(string File, ConfigFormat Format, SourceText Before, SourceText After, IReadOnlyList<ChangeOutcome> Outcomes)
{
    /// <summary>The findings of reading the file; with an error among them the file can't be patched and there are no outcomes.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Whether the file could not be read.</summary>
    public bool IsUnreadable => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>Whether the text would change.</summary>
    public bool IsChanged => !ReferenceEquals(Before, After) && !Before.Span.SequenceEqual(After.Span);

    /// <summary>The number of changes that apply.</summary>
    public int AppliedCount => Outcomes.Count(o => o.Status == ChangeStatus.Applied);

    /// <summary>
    /// The change that stops the plan of this file; <see langword="null"/> when there is none. One that can't be carried out comes before one whose result
    /// can't be written.
    /// </summary>
    public ChangeOutcome? FirstFailure => Outcomes.Where(o => o.Status == ChangeStatus.Failed).OrderBy(o => o.IsRefusedAtEnd).FirstOrDefault();

    /// <summary>The file and the number of changes that apply.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{File}: {AppliedCount}/{Outcomes.Count} changes";
}
