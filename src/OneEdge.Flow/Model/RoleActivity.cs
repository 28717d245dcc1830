namespace OneEdge.Flow;

/// <summary>
/// What is being done with a role. Together with its virtual machines this gives its <see cref="RoleState"/>: <see cref="Deploying"/> with a failed one is
/// <see cref="RoleState.FailedDeploying"/>, for example, and <see cref="Serving"/> with one that is powered off is <see cref="RoleState.Warning"/>.
/// </summary>
public enum RoleActivity
{
    /// <summary>Not begun.</summary>
    Waiting,

    /// <summary>Virtual machines are created, on hold, and wait to be released.</summary>
    Holding,

    /// <summary>Virtual machines are created, and awaited.</summary>
    Deploying,

    /// <summary>Deployed.</summary>
    Serving,

    /// <summary>Virtual machines are added, and awaited.</summary>
    ScalingUp,

    /// <summary>Virtual machines are terminated until there are as many as wanted.</summary>
    ScalingDown,

    /// <summary>Deployed, and scaled a short while ago.</summary>
    CoolingDown,

    /// <summary>All virtual machines are terminated.</summary>
    Undeploying,

    /// <summary>All virtual machines are gone.</summary>
    Done,
}
