namespace OneEdge.Flow.Client;

/// <summary>The server understood a call and refused it, or could not carry it out.</summary>
public sealed class OneFlowRefusedException : OneFlowException
{
    internal OneFlowRefusedException(FlowRequest request, OneFlowRefusal kind, int httpStatus, string serverMessage, string? serverCode = null)
        : base(CodeOf(kind), request, $"{request.What}: {TextOf(kind, serverMessage)}", httpStatus, innerException: null) =>
        (Kind, ServerMessage, ServerCode) = (kind, serverMessage, serverCode);

    /// <summary>Why.</summary>
    public OneFlowRefusal Kind { get; }

    /// <summary>What the server said, word for word but for the credentials of the caller and what is beyond 10,000 characters.</summary>
    public string ServerMessage { get; }

    /// <summary>The code of the error that our server gives, such as <c>OEF0303</c>; <see langword="null"/> for the original.</summary>
    public string? ServerCode { get; }

    private static string TextOf(OneFlowRefusal kind, string serverMessage) => kind switch
    {
        OneFlowRefusal.NoOperation => "the server has no such operation; it is of an older version, or it is no OneFlow server.",
        OneFlowRefusal.Ignored => "the server did nothing, and does not say why.",
        _ when serverMessage.Length == 0 => "the server refused it, and does not say why.",
        _ => serverMessage,
    };

    private static string CodeOf(OneFlowRefusal kind) => kind switch
    {
        OneFlowRefusal.Authentication => FlowErrorCodes.ClientAuthentication,
        OneFlowRefusal.Authorization => FlowErrorCodes.ClientAuthorization,
        OneFlowRefusal.NotFound => FlowErrorCodes.ClientNotFound,
        OneFlowRefusal.RoleNotFound => FlowErrorCodes.ClientRoleNotFound,
        OneFlowRefusal.Invalid => FlowErrorCodes.ClientRefusedInvalid,
        OneFlowRefusal.WrongState => FlowErrorCodes.ClientWrongState,
        OneFlowRefusal.Conflict => FlowErrorCodes.ClientConflict,
        OneFlowRefusal.NoOperation => FlowErrorCodes.ClientNoOperation,
        OneFlowRefusal.Ignored => FlowErrorCodes.ClientIgnored,
        OneFlowRefusal.Fault => FlowErrorCodes.ClientServerFault,
        _ => FlowErrorCodes.ClientRefused,
    };
}
