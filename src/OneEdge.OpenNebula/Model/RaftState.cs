namespace OneEdge.OpenNebula;

/// <summary>What a front-end is among those of its zone (<c>STATE</c> of <c>one.zone.raftstatus</c>).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is.</remarks>
public enum RaftState
{
    /// <summary>The only one.</summary>
    Solo = 0,

    /// <summary>Asks the others to be elected.</summary>
    Candidate = 1,

    /// <summary>Follows the leader; it takes calls that only read.</summary>
    Follower = 2,

    /// <summary>The leader: it takes all calls.</summary>
    Leader = 3,
}
