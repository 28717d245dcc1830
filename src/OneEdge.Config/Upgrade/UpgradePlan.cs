using System.Text;
using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>What an upgrade would do to an installation. Nothing has been written.</summary>
public sealed class UpgradePlan
{
    internal UpgradePlan(IReadOnlyList<UpgradeFilePlan> files) => Files = files;

    /// <summary>Every file of the three trees that the upgrade looked at, by name.</summary>
    public IReadOnlyList<UpgradeFilePlan> Files { get; }

    /// <summary>Where the user and the new release disagree, decided or not.</summary>
    public IEnumerable<UpgradeConflict> Conflicts => Files.SelectMany(f => f.Conflicts);

    /// <summary>Whether every conflict is decided.</summary>
    public bool CanApply => Conflicts.All(c => c.Choice != ConflictChoice.Fail);

    /// <summary>Whether any file would change.</summary>
    public bool HasChanges => Files.Any(f => f.Action != UpgradeAction.Keep);

    /// <summary>The difference between the texts, for people or for <c>patch</c>.</summary>
    /// <param name="maskSecrets">Whether values of secret-looking keys are masked; a masked difference can't be applied.</param>
    /// <returns>The unified diff; empty when no text changes.</returns>
    public string ToUnifiedDiff(bool maskSecrets = true)
    {
        var text = new StringBuilder();
        foreach (UpgradeFilePlan file in Files.Where(f => f.Action != UpgradeAction.Keep))
        {
            text.Append(TextDifference.Of(
                file.Before ?? SourceText.From(""),
                file.After ?? SourceText.From(""),
                file.Before is null ? "/dev/null" : "a" + file.File,
                file.After is null ? "/dev/null" : "b" + file.File,
                maskSecrets));
        }

        return text.ToString();
    }

    /// <summary>The plan for people: what would be done to each file that changes, then the conflicts.</summary>
    /// <returns>One line each.</returns>
    public override string ToString() =>
        string.Join('\n', Files.Where(f => f.Action != UpgradeAction.Keep).Select(f => f.ToString()).Concat(Conflicts.Select(c => $"conflict {c}")));
}
