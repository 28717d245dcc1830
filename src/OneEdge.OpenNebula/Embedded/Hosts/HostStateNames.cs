namespace OneEdge.OpenNebula.Embedded;

/// <summary>The names of states as topics have them.</summary>
internal static class HostStateNames
{
    public static string Of(HostState state) => state switch
    {
        HostState.Init => "INIT",
        HostState.MonitoringMonitored => "MONITORING_MONITORED",
        HostState.Monitored => "MONITORED",
        HostState.Error => "ERROR",
        HostState.Disabled => "DISABLED",
        _ => "OFFLINE",
    };
}
