namespace OneEdge.OpenNebula;

/// <summary>The state of a virtual machine (<c>STATE</c>).</summary>
/// <remarks>
/// A number that is not here, from a newer server, is kept as it is. Source: the documentation of OpenNebula 6.10, "Virtual Machine States".
/// </remarks>
public enum VmState
{
    /// <summary>Being created.</summary>
    Init = 0,

    /// <summary>Waits for the scheduler to choose a host.</summary>
    Pending = 1,

    /// <summary>Is not scheduled before somebody releases it.</summary>
    Hold = 2,

    /// <summary>On a host; <see cref="LcmState"/> tells what it does there.</summary>
    Active = 3,

    /// <summary>Its memory and disks were saved away from the host.</summary>
    Stopped = 4,

    /// <summary>Its memory is saved, its disks are still on the host.</summary>
    Suspended = 5,

    /// <summary>Over for good; kept for accounting.</summary>
    Done = 6,

    /// <summary>Shut down, its disks are still on the host.</summary>
    PowerOff = 8,

    /// <summary>Shut down, its disks were saved away from the host.</summary>
    Undeployed = 9,

    /// <summary>Waits for an image that is being copied for it.</summary>
    Cloning = 10,

    /// <summary>An image could not be copied for it.</summary>
    CloningFailure = 11,
}
