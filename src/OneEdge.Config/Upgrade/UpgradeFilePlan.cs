using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>What an upgrade would make of one file.</summary>
/// <param name="File">The file, as seen from the root of the installation.</param>
/// <param name="Action">What would be done.</param>
/// <param name="Before">The text as it is; <see langword="null"/> when there is no file.</param>
/// <param name="After">The text as it would be; <see langword="null"/> when the file would be removed.</param>
public sealed record UpgradeFilePlan(string File, UpgradeAction Action, SourceText? Before, SourceText? After)
{
    /// <summary>The user's changes that are carried over, with what becomes of each.</summary>
    public IReadOnlyList<ChangeOutcome> Carried { get; init; } = [];

    /// <summary>Where the user and the new release disagree.</summary>
    public IReadOnlyList<UpgradeConflict> Conflicts { get; init; } = [];

    /// <summary>The mode of a file that would be created.</summary>
    /// <value>0640, the mode of most stock files.</value>
    public UnixFileMode Mode { get; init; } = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    /// <summary>The file and what would be done.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Action.ToString().ToLowerInvariant(),-6} {File}"
        + (Carried.Count > 0 ? $" ({Carried.Count} changes carried over)" : "")
        + (Conflicts.Count > 0 ? $" ({Conflicts.Count} conflicts)" : "");
}
