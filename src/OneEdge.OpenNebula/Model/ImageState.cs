namespace OneEdge.OpenNebula;

/// <summary>The state of an image (<c>STATE</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum ImageState
{
    /// <summary>Being created.</summary>
    Init = 0,

    /// <summary>Can be used.</summary>
    Ready = 1,

    /// <summary>Used by machines.</summary>
    Used = 2,

    /// <summary>No machine may use it.</summary>
    Disabled = 3,

    /// <summary>Its file is being made or copied.</summary>
    Locked = 4,

    /// <summary>Its file could not be made.</summary>
    Error = 5,

    /// <summary>Being copied.</summary>
    Clone = 6,

    /// <summary>Being deleted.</summary>
    Delete = 7,

    /// <summary>Persistent, and used by a machine.</summary>
    UsedPersistent = 8,

    /// <summary>Its file is being made, and machines wait for it.</summary>
    LockedUsed = 9,

    /// <summary>Persistent; its file is being made, and a machine waits for it.</summary>
    LockedUsedPersistent = 10,
}
