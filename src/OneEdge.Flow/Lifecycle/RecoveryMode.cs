namespace OneEdge.Flow.Lifecycle;

/// <summary>What to do about what failed.</summary>
public enum RecoveryMode
{
    /// <summary>Try it again.</summary>
    Retry,

    /// <summary>Give it up: virtual machines that did not come up go whatever their state, and the roles are content with the others.</summary>
    Force,

    /// <summary>Remove the service.</summary>
    Delete,
}
