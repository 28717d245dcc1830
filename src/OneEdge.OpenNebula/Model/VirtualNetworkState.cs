namespace OneEdge.OpenNebula;

/// <summary>The state of a virtual network (<c>STATE</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum VirtualNetworkState
{
    /// <summary>Being created.</summary>
    Init = 0,

    /// <summary>Can be used.</summary>
    Ready = 1,

    /// <summary>The driver creates it.</summary>
    LockCreate = 2,

    /// <summary>The driver deletes it.</summary>
    LockDelete = 3,

    /// <summary>Deleted.</summary>
    Done = 4,

    /// <summary>The driver failed.</summary>
    Error = 5,

    /// <summary>A change did not reach every machine.</summary>
    UpdateFailure = 6,
}
