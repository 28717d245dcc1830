namespace OneEdge.OpenNebula;

/// <summary>The state of a host (<c>STATE</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum HostState
{
    /// <summary>Being enabled; not monitored yet.</summary>
    Init = 0,

    /// <summary>Being monitored, and was monitored before.</summary>
    MonitoringMonitored = 1,

    /// <summary>Monitored: machines are scheduled to it.</summary>
    Monitored = 2,

    /// <summary>It cannot be monitored.</summary>
    Error = 3,

    /// <summary>No machines are scheduled to it.</summary>
    Disabled = 4,

    /// <summary>Being monitored, after an error.</summary>
    MonitoringError = 5,

    /// <summary>Being monitored for the first time.</summary>
    MonitoringInit = 6,

    /// <summary>Being monitored, and disabled.</summary>
    MonitoringDisabled = 7,

    /// <summary>Neither monitored nor used.</summary>
    Offline = 8,
}
