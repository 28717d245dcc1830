namespace OneEdge.Flow.Lifecycle;

/// <summary>Why a request was refused.</summary>
public enum RefusalReason
{
    /// <summary>The service is not in a state for it.</summary>
    WrongState,

    /// <summary>There is no such role.</summary>
    NotFound,

    /// <summary>It is already so.</summary>
    Conflict,

    /// <summary>A value is out of its limits.</summary>
    Invalid,
}
