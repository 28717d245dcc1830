namespace OneEdge.Flow;

/// <summary>What a template says about a service, its roles apart, and what does not change while the service lives unless somebody updates it.</summary>
public sealed record ServiceDefinition
{
    /// <summary>The name that the template has.</summary>
    public required string Name { get; init; }

    /// <summary>The order of the roles.</summary>
    public DeploymentStrategy Deployment { get; init; }

    /// <summary>How virtual machines are shut down; <see langword="null"/> for the default of the engine.</summary>
    public ShutdownAction? ShutdownAction { get; init; }

    /// <summary>Whether a virtual machine is deployed when it says so (<c>READY = YES</c>), not when it runs.</summary>
    public bool ReadyStatusGate { get; init; }

    /// <summary>Whether the service goes when no role has virtual machines any more.</summary>
    public bool AutomaticDeletion { get; init; }

    /// <summary>Whether all virtual machines are created on hold.</summary>
    public bool OnHold { get; init; }

    /// <summary>Everything the template says, roles and networks included.</summary>
    public FlowMembers Members { get; init; }
}
