using System.Collections.Immutable;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Lifecycle;

/// <summary>Something that a service is told: what happened, or (<see cref="ServiceRequest"/>) what somebody wants.</summary>
public abstract record ServiceEvent
{
    private protected ServiceEvent()
    {
    }
}

/// <summary>The service is new: its document was just created, and nothing else of it exists.</summary>
public sealed record ServiceStarted : ServiceEvent;

/// <summary>An engine took the service over; nothing that was under way is known any more.</summary>
public sealed record ServiceResumed : ServiceEvent;

/// <summary>Something may have been missed: the virtual machines and networks have to be read again.</summary>
public sealed record SynchronizationLost : ServiceEvent;

/// <summary>The virtual machines and networks of the service were read; the answer to <see cref="Synchronize"/>.</summary>
/// <param name="Number">The number of the reading.</param>
/// <param name="Vms">
/// Every virtual machine that belongs to the owner and says that it is of this service, and every one that the service has in its roles, gone ones included.
/// One that is not here could not be read: nothing follows from that.
/// </param>
/// <param name="Networks">The networks that the service made, found by id or by name.</param>
public sealed record Synchronized(int Number, ImmutableArray<VmObservation> Vms, ImmutableArray<NetworkObservation> Networks) : ServiceEvent;

/// <summary>A virtual machine was seen in a state.</summary>
/// <param name="VmId">Its id.</param>
/// <param name="State">The state.</param>
/// <param name="LcmState">What it does when it is active.</param>
/// <param name="IsReady">Whether it said that it is ready; <see langword="null"/> when that was not told.</param>
public sealed record VmObserved(int VmId, VmState State, LcmState LcmState, bool? IsReady = null) : ServiceEvent;

/// <summary>A virtual machine was created.</summary>
/// <param name="RoleName">Its role.</param>
/// <param name="Number">The number in the order.</param>
/// <param name="VmId">Its id.</param>
/// <param name="Info">Who it is, when that was read.</param>
public sealed record VmCreated(string RoleName, int Number, int VmId, RoleNodeInfo? Info = null) : ServiceEvent;

/// <summary>A virtual machine could not be created.</summary>
/// <param name="RoleName">Its role.</param>
/// <param name="Number">The number in the order.</param>
/// <param name="Error">What the cloud said.</param>
/// <param name="IsUncertain">Whether it may exist all the same: the connection broke before the answer.</param>
public sealed record VmCreationFailed(string RoleName, int Number, string Error, bool IsUncertain = false) : ServiceEvent;

/// <summary>The cloud took on to terminate a virtual machine.</summary>
/// <param name="VmId">Its id.</param>
public sealed record VmTerminationAccepted(int VmId) : ServiceEvent;

/// <summary>The cloud refused something that was asked of a virtual machine.</summary>
/// <param name="VmId">Its id.</param>
/// <param name="Call">What was asked.</param>
/// <param name="Error">What the cloud said.</param>
public sealed record VmCallRefused(int VmId, VmCall Call, string Error) : ServiceEvent;

/// <summary>A network was created.</summary>
/// <param name="Name">The name that the roles use.</param>
/// <param name="NetworkId">Its id.</param>
public sealed record NetworkCreated(string Name, int NetworkId) : ServiceEvent;

/// <summary>A network could not be created.</summary>
/// <param name="Name">The name that the roles use.</param>
/// <param name="Error">What the cloud said.</param>
/// <param name="IsUncertain">Whether it may exist all the same.</param>
public sealed record NetworkCreationFailed(string Name, string Error, bool IsUncertain = false) : ServiceEvent;

/// <summary>A network was seen in a condition.</summary>
/// <param name="NetworkId">Its id.</param>
/// <param name="Condition">The condition.</param>
public sealed record NetworkObserved(int NetworkId, NetworkCondition Condition) : ServiceEvent;

/// <summary>The cloud refused to delete a network.</summary>
/// <param name="NetworkId">Its id.</param>
/// <param name="Error">What the cloud said.</param>
public sealed record NetworkDeletionRefused(int NetworkId, string Error) : ServiceEvent;

/// <summary>Something that was asked of the cloud for the service failed, of which nothing follows: it is written to the log of the service.</summary>
/// <param name="Message">What failed, and what the cloud said.</param>
public sealed record CallFailed(string Message) : ServiceEvent;

/// <summary>The time has come that <see cref="ServiceMachine.NextWake"/> told, or some time has passed.</summary>
public sealed record TimePassed : ServiceEvent;

/// <summary>The document of the service is gone: the service is over.</summary>
public sealed record DocumentDeleted : ServiceEvent;

/// <summary>The document of the service could not be deleted.</summary>
/// <param name="Error">What the store said.</param>
public sealed record DocumentDeletionFailed(string Error) : ServiceEvent;
