namespace OneEdge.Config;

/// <summary>What to do about an <see cref="UpgradeConflict"/>.</summary>
public enum ConflictChoice
{
    /// <summary>Nothing is decided: the plan can't be applied.</summary>
    Fail,

    /// <summary>The user's value stays.</summary>
    Mine,

    /// <summary>The new release's value is taken.</summary>
    New,
}
