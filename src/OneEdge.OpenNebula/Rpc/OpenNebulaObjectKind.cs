namespace OneEdge.OpenNebula;

/// <summary>The kinds of objects that OpenNebula has.</summary>
public enum OpenNebulaObjectKind
{
    /// <summary>A virtual machine.</summary>
    VirtualMachine,

    /// <summary>A host.</summary>
    Host,

    /// <summary>A virtual network.</summary>
    VirtualNetwork,

    /// <summary>An image.</summary>
    Image,

    /// <summary>A user.</summary>
    User,

    /// <summary>A template of virtual machines.</summary>
    Template,

    /// <summary>A group of users.</summary>
    Group,

    /// <summary>An access rule.</summary>
    AccessRule,

    /// <summary>A datastore.</summary>
    Datastore,

    /// <summary>A cluster of hosts.</summary>
    Cluster,

    /// <summary>A document, which belongs to a program beside the server.</summary>
    Document,

    /// <summary>A zone of a federation.</summary>
    Zone,

    /// <summary>A security group.</summary>
    SecurityGroup,

    /// <summary>A virtual data centre.</summary>
    VirtualDataCenter,

    /// <summary>A virtual router.</summary>
    VirtualRouter,

    /// <summary>A marketplace.</summary>
    Marketplace,

    /// <summary>An app of a marketplace.</summary>
    MarketplaceApp,

    /// <summary>A group of virtual machines with rules about where they run.</summary>
    VirtualMachineGroup,

    /// <summary>A template of virtual networks.</summary>
    VirtualNetworkTemplate,

    /// <summary>A hook.</summary>
    Hook,

    /// <summary>A backup job.</summary>
    BackupJob,

    /// <summary>A scheduled action.</summary>
    ScheduledAction,
}
