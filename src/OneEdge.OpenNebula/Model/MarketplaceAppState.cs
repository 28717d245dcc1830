namespace OneEdge.OpenNebula;

/// <summary>The state of an app (<c>STATE</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum MarketplaceAppState
{
    /// <summary>Being created.</summary>
    Init = 0,

    /// <summary>Can be used.</summary>
    Ready = 1,

    /// <summary>Being imported or deleted.</summary>
    Locked = 2,

    /// <summary>The import failed.</summary>
    Error = 3,

    /// <summary>Cannot be used.</summary>
    Disabled = 4,
}
