namespace OneEdge.OpenNebula;

/// <summary>The state of a zone (<c>STATE</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum ZoneState
{
    /// <summary>Takes all calls.</summary>
    Enabled = 0,

    /// <summary>Takes calls that only read.</summary>
    Disabled = 1,
}
