namespace OneEdge.OpenNebula;

/// <summary>The names that the hook manager writes for the numbers of states.</summary>
/// <remarks>Source: OpenNebula 6.10, <c>include/VirtualMachine.h</c>, <c>Host.h</c>, <c>Image.h</c>, <c>VirtualNetwork.h</c>.</remarks>
internal static class StateNames
{
    private static readonly string?[] VirtualMachines =
    [
        "INIT", "PENDING", "HOLD", "ACTIVE", "STOPPED", "SUSPENDED", "DONE", null, "POWEROFF", "UNDEPLOYED", "CLONING", "CLONING_FAILURE",
    ];

    private static readonly string?[] LcmStates =
    [
        "LCM_INIT", "PROLOG", "BOOT", "RUNNING", "MIGRATE", "SAVE_STOP", "SAVE_SUSPEND", "SAVE_MIGRATE", "PROLOG_MIGRATE", "PROLOG_RESUME",
        "EPILOG_STOP", "EPILOG", "SHUTDOWN", null, null, "CLEANUP_RESUBMIT", "UNKNOWN", "HOTPLUG", "SHUTDOWN_POWEROFF", "BOOT_UNKNOWN",
        "BOOT_POWEROFF", "BOOT_SUSPENDED", "BOOT_STOPPED", "CLEANUP_DELETE", "HOTPLUG_SNAPSHOT", "HOTPLUG_NIC", "HOTPLUG_SAVEAS",
        "HOTPLUG_SAVEAS_POWEROFF", "HOTPLUG_SAVEAS_SUSPENDED", "SHUTDOWN_UNDEPLOY", "EPILOG_UNDEPLOY", "PROLOG_UNDEPLOY", "BOOT_UNDEPLOY",
        "HOTPLUG_PROLOG_POWEROFF", "HOTPLUG_EPILOG_POWEROFF", "BOOT_MIGRATE", "BOOT_FAILURE", "BOOT_MIGRATE_FAILURE", "PROLOG_MIGRATE_FAILURE",
        "PROLOG_FAILURE", "EPILOG_FAILURE", "EPILOG_STOP_FAILURE", "EPILOG_UNDEPLOY_FAILURE", "PROLOG_MIGRATE_POWEROFF",
        "PROLOG_MIGRATE_POWEROFF_FAILURE", "PROLOG_MIGRATE_SUSPEND", "PROLOG_MIGRATE_SUSPEND_FAILURE", "BOOT_UNDEPLOY_FAILURE",
        "BOOT_STOPPED_FAILURE", "PROLOG_RESUME_FAILURE", "PROLOG_UNDEPLOY_FAILURE", "DISK_SNAPSHOT_POWEROFF", "DISK_SNAPSHOT_REVERT_POWEROFF",
        "DISK_SNAPSHOT_DELETE_POWEROFF", "DISK_SNAPSHOT_SUSPENDED", null, "DISK_SNAPSHOT_DELETE_SUSPENDED", "DISK_SNAPSHOT", null,
        "DISK_SNAPSHOT_DELETE", "PROLOG_MIGRATE_UNKNOWN", "PROLOG_MIGRATE_UNKNOWN_FAILURE", "DISK_RESIZE", "DISK_RESIZE_POWEROFF",
        "DISK_RESIZE_UNDEPLOYED", "HOTPLUG_NIC_POWEROFF", "HOTPLUG_RESIZE", "HOTPLUG_SAVEAS_UNDEPLOYED", "HOTPLUG_SAVEAS_STOPPED", "BACKUP",
        "BACKUP_POWEROFF", "RESTORE",
    ];

    private static readonly string?[] Hosts = ["INIT", null, "MONITORED", "ERROR", "DISABLED", null, null, null, "OFFLINE"];

    // Images that are persistent have the names of others, and a failed update of a network has none.
    private static readonly string?[] Images =
        ["INIT", "READY", "USED", "DISABLED", "LOCKED", "ERROR", "CLONE", "DELETE", "USED", "LOCKED_USED", "LOCKED_USED"];

    private static readonly string?[] Networks = ["INIT", "READY", "LOCK_CREATE", "LOCK_DELETE", "DONE", "ERROR", ""];

    /// <summary>The name of a state in topics; <see langword="null"/> for a number that none of them stands for.</summary>
    public static string? Of(EventObject kind, int state) => Name(Table(kind), state);

    /// <summary>The name of a state of the life-cycle manager in topics; <see langword="null"/> for a number that none of them stands for.</summary>
    public static string? OfLcm(int state) => Name(LcmStates, state);

    /// <summary>The name of a state of an object of the embedded cloud; one without a name has an empty one, as in the core.</summary>
    public static string Of(VmState state) => Of(EventObject.VirtualMachine, (int)state) ?? "";

    /// <inheritdoc cref="Of(VmState)"/>
    public static string Of(LcmState state) => OfLcm((int)state) ?? "";

    /// <inheritdoc cref="Of(VmState)"/>
    public static string Of(HostState state) => Of(EventObject.Host, (int)state) ?? "";

    /// <inheritdoc cref="Of(VmState)"/>
    public static string Of(ImageState state) => Of(EventObject.Image, (int)state) ?? "";

    /// <inheritdoc cref="Of(VmState)"/>
    public static string Of(VirtualNetworkState state) => Of(EventObject.VirtualNetwork, (int)state) ?? "";

    /// <summary>Whether a state of machines has the name.</summary>
    public static bool IsVmState(string name) => VirtualMachines.Contains(name);

    /// <summary>Whether a state of the life-cycle manager has the name.</summary>
    public static bool IsLcmState(string name) => LcmStates.Contains(name);

    private static string?[] Table(EventObject kind) => kind switch
    {
        EventObject.VirtualMachine => VirtualMachines,
        EventObject.Host => Hosts,
        EventObject.Image => Images,
        _ => Networks,
    };

    private static string? Name(string?[] names, int state) => (uint)state < (uint)names.Length ? names[state] : null;
}
