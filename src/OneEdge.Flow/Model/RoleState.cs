namespace OneEdge.Flow;

/// <summary>The state of a role, with the number that the document of its service gives it.</summary>
/// <remarks>Source: the documentation of OpenNebula 6.10, "OneFlow". 11 means something else for a service.</remarks>
public enum RoleState
{
    /// <summary>Waits for its turn.</summary>
    Pending = 0,

    /// <summary>Its virtual machines are being deployed.</summary>
    Deploying = 1,

    /// <summary>All its virtual machines are well.</summary>
    Running = 2,

    /// <summary>Its virtual machines are being terminated.</summary>
    Undeploying = 3,

    /// <summary>Some virtual machine is not well.</summary>
    Warning = 4,

    /// <summary>All its virtual machines are gone for good.</summary>
    Done = 5,

    /// <summary>Some virtual machine could not be terminated.</summary>
    FailedUndeploying = 6,

    /// <summary>Some virtual machine could not be deployed.</summary>
    FailedDeploying = 7,

    /// <summary>It gets or loses virtual machines.</summary>
    Scaling = 8,

    /// <summary>It could not be scaled.</summary>
    FailedScaling = 9,

    /// <summary>It was scaled, and its policies rest for a while.</summary>
    Cooldown = 10,

    /// <summary>Its virtual machines wait to be released.</summary>
    Hold = 11,
}
