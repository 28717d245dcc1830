namespace OneEdge.OpenNebula.Embedded;

/// <summary>Checks the options of a cloud before it begins.</summary>
internal static class EmbeddedCloudChecks
{
    public static void Check(EmbeddedCloudOptions options)
    {
        ArgumentNullException.ThrowIfNull(options.TimeProvider);
        ArgumentNullException.ThrowIfNull(options.Delays);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.OneadminPassword);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Hosts);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.HostCpus);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.HostMemory);
        EmbeddedCloudDelays delays = options.Delays;
        foreach (TimeSpan delay in (TimeSpan[])[delays.Scheduling, delays.Storage, delays.Hypervisor, delays.Hotplug, delays.Image, delays.Monitoring])
            ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero, nameof(options.Delays));
    }
}
