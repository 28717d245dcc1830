namespace OneEdge.Flow;

/// <summary>The state of a service, with the number that its document and the API give it.</summary>
/// <remarks>Source: the documentation of OpenNebula 6.10, "OneFlow"; numbers beyond are kept as they are.</remarks>
public enum ServiceState
{
    /// <summary>Created; nothing was begun.</summary>
    Pending = 0,

    /// <summary>Some role is not deployed yet.</summary>
    Deploying = 1,

    /// <summary>All roles are deployed and well.</summary>
    Running = 2,

    /// <summary>Its virtual machines, or those of a role that is removed, are being terminated.</summary>
    Undeploying = 3,

    /// <summary>Some virtual machine is not well.</summary>
    Warning = 4,

    /// <summary>Over. Only documents of old versions have it: a service that is over has no document.</summary>
    Done = 5,

    /// <summary>Some virtual machine could not be terminated.</summary>
    FailedUndeploying = 6,

    /// <summary>Some virtual machine could not be deployed.</summary>
    FailedDeploying = 7,

    /// <summary>Some role gets or loses virtual machines.</summary>
    Scaling = 8,

    /// <summary>A role could not be scaled.</summary>
    FailedScaling = 9,

    /// <summary>A role was scaled, and its policies rest for a while.</summary>
    Cooldown = 10,

    /// <summary>Its networks are being made.</summary>
    DeployingNetworks = 11,

    /// <summary>Its networks are being deleted.</summary>
    UndeployingNetworks = 12,

    /// <summary>A network could not be made.</summary>
    FailedDeployingNetworks = 13,

    /// <summary>A network could not be deleted.</summary>
    FailedUndeployingNetworks = 14,

    /// <summary>Its virtual machines wait to be released.</summary>
    Hold = 15,
}
