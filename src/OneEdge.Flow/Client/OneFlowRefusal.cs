namespace OneEdge.Flow.Client;

/// <summary>Why a OneFlow server refused a call. The original has one HTTP status for most of them: its texts tell them apart.</summary>
public enum OneFlowRefusal
{
    /// <summary>Something else; <see cref="OneFlowRefusedException.ServerMessage"/> says what.</summary>
    Other,

    /// <summary>Unknown user, wrong password or token.</summary>
    Authentication,

    /// <summary>The user has not the rights.</summary>
    Authorization,

    /// <summary>There is no such service or template, or no such user or group to give it to.</summary>
    NotFound,

    /// <summary>The service has no such role.</summary>
    RoleNotFound,

    /// <summary>A template, a value or a parameter is not valid, missing, or out of its limits.</summary>
    Invalid,

    /// <summary>The service is not in a state for it.</summary>
    WrongState,

    /// <summary>It is so already, or was changed meanwhile.</summary>
    Conflict,

    /// <summary>The server has no such operation.</summary>
    NoOperation,

    /// <summary>The server did nothing and did not say why: the original ignores parameters and actions of templates that it does not understand.</summary>
    Ignored,

    /// <summary>The server failed in a way that it did not foresee.</summary>
    Fault,
}
