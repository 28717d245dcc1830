namespace OneEdge.Config;

/// <summary>What an upgrade does to one file.</summary>
public enum UpgradeAction
{
    /// <summary>The file stays as it is.</summary>
    Keep,

    /// <summary>The file gets the text of the new release, with the user's changes carried over.</summary>
    Update,

    /// <summary>The file is new in the release and is created.</summary>
    Create,

    /// <summary>The file is gone in the new release, was not changed by the user, and is removed.</summary>
    Remove,
}
