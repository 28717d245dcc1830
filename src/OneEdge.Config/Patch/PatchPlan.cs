using System.Text;

namespace OneEdge.Config;

/// <summary>What a patch would do to an installation: every change with its status, and the resulting texts. Nothing has been written.</summary>
public sealed class PatchPlan
{
    internal PatchPlan(IReadOnlyList<FilePlan> files) => Files = files;

    /// <summary>The files, in the order of the patch.</summary>
    public IReadOnlyList<FilePlan> Files { get; }

    /// <summary>Every change, in the order of the patch.</summary>
    public IEnumerable<PlannedChange> Changes => Files.SelectMany(f => f.Outcomes.Select(o => new PlannedChange(f.File, o)));

    /// <summary>The number of changes.</summary>
    public int ChangeCount => Files.Sum(f => f.Outcomes.Count);

    /// <summary>The number of changes that apply.</summary>
    public int AppliedCount => Files.Sum(f => f.AppliedCount);

    /// <summary>
    /// The change that stops the whole plan; <see langword="null"/> when there is none. Within a file one that can't be carried out comes before one whose
    /// result can't be written.
    /// </summary>
    public PlannedChange? FirstFailure =>
        Files.Select(f => f.FirstFailure is { } outcome ? new PlannedChange(f.File, outcome) : null).FirstOrDefault(c => c is not null);

    /// <summary>The findings of reading the files, warnings included.</summary>
    public IEnumerable<Diagnostic> Diagnostics => Files.SelectMany(f => f.Diagnostics);

    /// <summary>Whether the plan can be carried out: every file can be read, at least one change applies, and none is refused.</summary>
    public bool CanApply => AppliedCount > 0 && FirstFailure is null && !Files.Any(f => f.IsUnreadable);

    /// <summary>Whether every change applies.</summary>
    public bool IsComplete => CanApply && AppliedCount == ChangeCount;

    /// <summary>The difference between the texts, for people or for <c>patch</c>.</summary>
    /// <param name="maskSecrets">Whether values of secret-looking keys are masked; a masked difference can't be applied.</param>
    /// <returns>The unified diff; empty when no text changes.</returns>
    public string ToUnifiedDiff(bool maskSecrets = true)
    {
        var text = new StringBuilder();
        foreach (FilePlan file in Files.Where(f => f.IsChanged))
        {
            text.Append(TextDifference.Of(file.Before, file.After, "a" + file.File, "b" + file.File, maskSecrets));
        }

        return text.ToString();
    }

    /// <summary>The plan for people: each change with its status.</summary>
    /// <returns>One line a change; secret-looking values are masked.</returns>
    public override string ToString() => string.Join('\n', Changes.Select(c => c.Outcome switch
    {
        { Status: ChangeStatus.Applied, Replaced: true } => $"[OK] replace {c}",
        { Status: ChangeStatus.Applied } => $"[OK] {c}",
        { Status: ChangeStatus.NotApplied } => $"[--] {c}: {c.Outcome.Explanation}",
        _ => $"[!!] {c}: {c.Outcome.Explanation}",
    }));
}
