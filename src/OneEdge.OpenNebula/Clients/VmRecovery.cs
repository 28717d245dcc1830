namespace OneEdge.OpenNebula;

/// <summary>How a virtual machine is brought on when something is stuck.</summary>
public enum VmRecovery
{
    /// <summary>What it waits for has failed.</summary>
    Failure = 0,

    /// <summary>What it waits for has succeeded.</summary>
    Success = 1,

    /// <summary>What has failed is tried again.</summary>
    Retry = 2,

    /// <summary>It is deleted.</summary>
    Delete = 3,

    /// <summary>It is deleted, and created anew under its id.</summary>
    DeleteRecreate = 4,

    /// <summary>It is taken out of the database; nothing is cleaned up.</summary>
    DeleteDatabase = 5,
}
