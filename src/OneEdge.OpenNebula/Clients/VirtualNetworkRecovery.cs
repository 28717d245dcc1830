namespace OneEdge.OpenNebula;

/// <summary>How a virtual network is brought on when something is stuck.</summary>
public enum VirtualNetworkRecovery
{
    /// <summary>What it waits for has failed.</summary>
    Failure = 0,

    /// <summary>What it waits for has succeeded.</summary>
    Success = 1,

    /// <summary>What has failed is tried again.</summary>
    Retry = 2,

    /// <summary>It is deleted.</summary>
    Delete = 3,
}
