namespace OneEdge.Config;

/// <summary>What became of one change.</summary>
/// <param name="Change">The change.</param>
/// <param name="Status">Whether it was applied.</param>
/// <param name="Replaced">Whether it took the place of another value than the one that the change expected.</param>
/// <param name="Reason">Why it was not applied; <see langword="null"/> when it was. For <see cref="ChangeStatus.Failed"/> the original's text where it has
/// one.</param>
public sealed record ChangeOutcome(ConfigChange Change, ChangeStatus Status, bool Replaced, string? Reason)
{
    /// <summary>
    /// More about the reason than the original says, for example which hunk of a diff does not fit; <see langword="null"/> when there is no more.
    /// </summary>
    public string? Detail { get; init; }

    /// <summary>The reason with its detail, for people; <see langword="null"/> when the change was applied.</summary>
    public string? Explanation => Detail is null ? Reason : $"{Reason}: {Detail}";

    /// <summary>Whether the change itself could be carried out, and is refused for the state that the batch would leave.</summary>
    internal bool IsRefusedAtEnd { get; init; }

    /// <summary>The line of the original's patch report: <c>[OK] replace set PORT 2633 </c>.</summary>
    /// <param name="maskSecrets">Whether values of secret-looking keys are masked, which the original does not do.</param>
    /// <returns>The line, with its trailing space.</returns>
    public string ToReportLine(bool maskSecrets = true)
    {
        ConfigChange shown = maskSecrets ? ConfigSecrets.Mask(Change) : Change;
        return $"{(Status == ChangeStatus.Applied ? "[OK]" : "[--]")} {(Replaced ? "replace " : "")}{ChangeLineText.Of(shown)}";
    }

    internal static ChangeOutcome Applied(ConfigChange change, bool replaced = false) => new(change, ChangeStatus.Applied, replaced, Reason: null);

    internal static ChangeOutcome NotApplied(ConfigChange change, string reason) => new(change, ChangeStatus.NotApplied, Replaced: false, reason);

    internal static ChangeOutcome Failed(ConfigChange change, string reason, string? detail = null) =>
        new(change, ChangeStatus.Failed, Replaced: false, reason) { Detail = detail };
}
