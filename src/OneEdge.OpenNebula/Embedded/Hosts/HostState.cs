namespace OneEdge.OpenNebula.Embedded;

/// <summary>The state of a host, by the numbers of the core.</summary>
internal enum HostState
{
    Init = 0,
    MonitoringMonitored = 1,
    Monitored = 2,
    Error = 3,
    Disabled = 4,
    Offline = 8,
}
