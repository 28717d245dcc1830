namespace OneEdge.OpenNebula;

/// <summary>The state of a marketplace (<c>STATE</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum MarketplaceState
{
    /// <summary>Can be used.</summary>
    Enabled = 0,

    /// <summary>Its apps cannot be used.</summary>
    Disabled = 1,
}
