namespace OneEdge.Flow.Lifecycle;

/// <summary>Something that has to be done for a service. What comes of it is told to the service as a <see cref="ServiceEvent"/>.</summary>
public abstract record ServiceCommand
{
    private protected ServiceCommand()
    {
    }
}

/// <summary>Create a virtual machine: answered by <see cref="VmCreated"/> or <see cref="VmCreationFailed"/>.</summary>
/// <param name="RoleName">Its role.</param>
/// <param name="Number">Its number, for its name.</param>
/// <param name="OnHold">Whether it is created on hold.</param>
public sealed record CreateVm(string RoleName, int Number, bool OnHold) : ServiceCommand;

/// <summary>Ask something of a virtual machine: answered by <see cref="VmTerminationAccepted"/> (for a termination) or <see cref="VmCallRefused"/>.</summary>
/// <param name="VmId">Its id.</param>
/// <param name="Call">What is asked.</param>
public sealed record CallVm(int VmId, VmCall Call) : ServiceCommand;

/// <summary>Add a scheduled action to a virtual machine.</summary>
/// <param name="VmId">Its id.</param>
/// <param name="Action">The name of the action.</param>
/// <param name="Arguments">Its arguments; <see langword="null"/> for none.</param>
/// <param name="Time">When it is done.</param>
public sealed record ScheduleVmAction(int VmId, string Action, string? Arguments, DateTimeOffset Time) : ServiceCommand;

/// <summary>Create a network: answered by <see cref="NetworkCreated"/> or <see cref="NetworkCreationFailed"/>, and <see cref="NetworkObserved"/>.</summary>
/// <param name="Name">The name that the roles use.</param>
public sealed record CreateNetwork(string Name) : ServiceCommand;

/// <summary>Try again to make a network usable: answered by <see cref="NetworkObserved"/>.</summary>
/// <param name="NetworkId">Its id.</param>
public sealed record RecoverNetwork(int NetworkId) : ServiceCommand;

/// <summary>Delete a network: answered by <see cref="NetworkObserved"/> when it is gone, or <see cref="NetworkDeletionRefused"/>.</summary>
/// <param name="NetworkId">Its id.</param>
public sealed record DeleteNetwork(int NetworkId) : ServiceCommand;

/// <summary>Read all that belongs to the service: answered by <see cref="Synchronized"/>.</summary>
/// <param name="Number">The number of the reading, which begins after this was ordered.</param>
public sealed record Synchronize(int Number) : ServiceCommand;

/// <summary>Delete the document: answered by <see cref="DocumentDeleted"/> or <see cref="DocumentDeletionFailed"/>.</summary>
public sealed record DeleteDocument : ServiceCommand;
