namespace OneEdge.OpenNebula;

/// <summary>What a host is set to.</summary>
public enum HostStatus
{
    /// <summary>Monitored and used.</summary>
    Enabled = 0,

    /// <summary>Monitored, and not used for new machines.</summary>
    Disabled = 1,

    /// <summary>Neither monitored nor used.</summary>
    Offline = 2,
}
