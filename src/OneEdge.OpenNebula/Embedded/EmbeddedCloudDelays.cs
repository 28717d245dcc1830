namespace OneEdge.OpenNebula;

/// <summary>How long the work of an embedded cloud takes. Without time, it is done when the call that caused it returns.</summary>
public sealed record EmbeddedCloudDelays
{
    /// <summary>From the moment a VM waits for a host until the scheduler looks for one.</summary>
    public TimeSpan Scheduling { get; init; }

    /// <summary>Copying disks to a host or back (PROLOG, EPILOG and their like).</summary>
    public TimeSpan Storage { get; init; }

    /// <summary>Starting, stopping, saving and moving a VM.</summary>
    public TimeSpan Hypervisor { get; init; }

    /// <summary>Everything that is done to a running VM: disks and networks attached, snapshots, resizing.</summary>
    public TimeSpan Hotplug { get; init; }

    /// <summary>Creating, copying and deleting images, networks and applications.</summary>
    public TimeSpan Image { get; init; }

    /// <summary>From a host that is new or enabled until it is monitored.</summary>
    public TimeSpan Monitoring { get; init; }

    /// <summary>The same time for all of it.</summary>
    /// <param name="time">The time.</param>
    public static EmbeddedCloudDelays Each(TimeSpan time) => new()
    {
        Scheduling = time,
        Storage = time,
        Hypervisor = time,
        Hotplug = time,
        Image = time,
        Monitoring = time,
    };
}
