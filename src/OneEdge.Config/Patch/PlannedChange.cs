namespace OneEdge.Config;

/// <summary>One change of a plan.</summary>
/// <param name="File">The file, as seen from the root of the installation.</param>
/// <param name="Outcome">What would become of the change.</param>
public sealed record PlannedChange(string File, ChangeOutcome Outcome)
{
    /// <summary>The change.</summary>
    public ConfigChange Change => Outcome.Change;

    /// <summary>Whether it applies.</summary>
    public bool Applies => Outcome.Status == ChangeStatus.Applied;

    /// <summary>Why it does not apply; <see langword="null"/> when it does.</summary>
    public string? Reason => Outcome.Reason;

    /// <summary>The change as a change line; a secret-looking value is masked.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{File} {ConfigSecrets.Mask(Change)}";
}
