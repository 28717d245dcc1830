namespace OneEdge.Flow.Lifecycle;

/// <summary>What all services have in common.</summary>
public sealed record MachineSettings
{
    /// <summary>The settings of an original server that nobody changed.</summary>
    public static MachineSettings Default { get; } = new();

    /// <summary>How long policies rest after a role was scaled, where neither the policy nor the role says it.</summary>
    /// <value>5 minutes</value>
    public TimeSpan DefaultCooldown { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How virtual machines are shut down where neither role nor service says it.</summary>
    /// <value><see cref="ShutdownAction.Terminate"/></value>
    public ShutdownAction ShutdownAction { get; init; }

    /// <summary>
    /// How long a virtual machine whose termination the cloud has taken on may be seen as it was before. OpenNebula answers before it begins, so one that is
    /// seen to run right afterwards has not come back, and is not terminated less politely.
    /// </summary>
    /// <value>15 seconds</value>
    public TimeSpan TerminationGrace { get; init; } = TimeSpan.FromSeconds(15);
}
