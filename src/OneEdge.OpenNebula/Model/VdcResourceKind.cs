namespace OneEdge.OpenNebula;

/// <summary>What a virtual data centre can give to its groups.</summary>
public enum VdcResourceKind
{
    /// <summary>A cluster with all that is in it.</summary>
    Cluster,

    /// <summary>A host.</summary>
    Host,

    /// <summary>A datastore.</summary>
    Datastore,

    /// <summary>A virtual network.</summary>
    Network,
}
