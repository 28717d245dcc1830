namespace OneEdge.OpenNebula;

/// <summary>What an app is (<c>TYPE</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum MarketplaceAppType
{
    /// <summary>Nothing known.</summary>
    Unknown = 0,

    /// <summary>An image.</summary>
    Image = 1,

    /// <summary>A template of virtual machines.</summary>
    VmTemplate = 2,

    /// <summary>A template of services.</summary>
    ServiceTemplate = 3,
}
