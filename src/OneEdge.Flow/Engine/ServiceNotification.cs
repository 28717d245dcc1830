namespace OneEdge.Flow;

/// <summary>Something that changed of a service, for those who watch it.</summary>
public abstract record ServiceNotification
{
    private protected ServiceNotification(int serviceId) => ServiceId = serviceId;

    /// <summary>The id of the service.</summary>
    public int ServiceId { get; }
}

/// <summary>The service is in a state: the first notification, and whenever it comes to another one.</summary>
/// <param name="ServiceId">The id of the service.</param>
/// <param name="State">The state.</param>
public sealed record ServiceStateNotification(int ServiceId, ServiceState State) : ServiceNotification(ServiceId);

/// <summary>A role is in a state: once at the beginning, and whenever it comes to another one.</summary>
/// <param name="ServiceId">The id of the service.</param>
/// <param name="RoleName">The role.</param>
/// <param name="State">The state.</param>
public sealed record RoleStateNotification(int ServiceId, string RoleName, RoleState State) : ServiceNotification(ServiceId);

/// <summary>The service wrote something into its log.</summary>
/// <param name="ServiceId">The id of the service.</param>
/// <param name="Entry">The entry.</param>
public sealed record ServiceLogNotification(int ServiceId, ServiceLogEntry Entry) : ServiceNotification(ServiceId);

/// <summary>A role has a virtual machine more.</summary>
/// <param name="ServiceId">The id of the service.</param>
/// <param name="RoleName">The role.</param>
/// <param name="VmId">The id of the virtual machine.</param>
public sealed record VmAddedNotification(int ServiceId, string RoleName, int VmId) : ServiceNotification(ServiceId);

/// <summary>A role has a virtual machine less.</summary>
/// <param name="ServiceId">The id of the service.</param>
/// <param name="RoleName">The role.</param>
/// <param name="VmId">The id of the virtual machine.</param>
public sealed record VmRemovedNotification(int ServiceId, string RoleName, int VmId) : ServiceNotification(ServiceId);

/// <summary>A virtual machine is in another condition than before: once when it is first seen, and whenever it changes.</summary>
/// <param name="ServiceId">The id of the service.</param>
/// <param name="RoleName">The role.</param>
/// <param name="VmId">The id of the virtual machine.</param>
/// <param name="Condition">The condition.</param>
public sealed record VmConditionNotification(int ServiceId, string RoleName, int VmId, VmCondition Condition) : ServiceNotification(ServiceId);

/// <summary>The service is gone; the last notification.</summary>
/// <param name="ServiceId">The id of the service.</param>
public sealed record ServiceGoneNotification(int ServiceId) : ServiceNotification(ServiceId);
