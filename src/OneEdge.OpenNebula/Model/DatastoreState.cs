namespace OneEdge.OpenNebula;

/// <summary>The state of a datastore (<c>STATE</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum DatastoreState
{
    /// <summary>Can be used.</summary>
    Ready = 0,

    /// <summary>A system datastore that no machines are scheduled to.</summary>
    Disabled = 1,
}
