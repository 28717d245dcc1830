namespace OneEdge.Config;

/// <summary>How an upgrade is planned.</summary>
public sealed record UpgradeOptions
{
    /// <summary>Decides conflicts, one after another.</summary>
    /// <value>Every conflict stays undecided, so that the plan shows them all and can't be applied.</value>
    public Func<UpgradeConflict, ConflictChoice> Resolve { get; init; } = static _ => ConflictChoice.Fail;
}
