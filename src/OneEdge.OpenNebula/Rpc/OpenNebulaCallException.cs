namespace OneEdge.OpenNebula;

/// <summary>The server understood a call and refused it, or could not carry it out.</summary>
public sealed class OpenNebulaCallException : OpenNebulaException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="method">The method that was called.</param>
    /// <param name="serverCode">The number that the server gave: of an error, or of a fault.</param>
    /// <param name="serverMessage">What the server said.</param>
    /// <param name="resourceId">The id that the server gave with the error, or -1.</param>
    public OpenNebulaCallException(string method, int serverCode, string serverMessage, int resourceId = -1)
        : base(CodeOf(KindOf(serverCode)), $"{method}: {WithoutMethod(method, serverMessage)}")
    {
        Method = method;
        ServerCode = serverCode;
        ServerMessage = serverMessage;
        Kind = KindOf(serverCode);
        (ObjectKind, int? named) = ErrorMessage.FindObject(serverMessage);
        ObjectId = resourceId >= 0 ? resourceId : named;
    }

    /// <summary>The method that was called.</summary>
    public string Method { get; }

    /// <summary>The kind of the error.</summary>
    public OpenNebulaErrorKind Kind { get; }

    /// <summary>The number that the server gave.</summary>
    public int ServerCode { get; }

    /// <summary>What the server said, word for word but for the credentials of the caller.</summary>
    public string ServerMessage { get; }

    /// <summary>The kind of the object that the answer is about, where it names one.</summary>
    public OpenNebulaObjectKind? ObjectKind { get; }

    /// <summary>The id of the object that the answer is about, where it names one.</summary>
    public int? ObjectId { get; }

    private static OpenNebulaErrorKind KindOf(int serverCode) =>
        Enum.IsDefined((OpenNebulaErrorKind)serverCode) ? (OpenNebulaErrorKind)serverCode : OpenNebulaErrorKind.Other;

    // The server begins its messages with the method in brackets.
    private static string WithoutMethod(string method, string message) =>
        message.StartsWith($"[{method}] ", StringComparison.Ordinal) ? message[(method.Length + 3)..] : message;

    private static string CodeOf(OpenNebulaErrorKind kind) => kind switch
    {
        OpenNebulaErrorKind.Authentication => OpenNebulaErrorCodes.Authentication,
        OpenNebulaErrorKind.Authorization => OpenNebulaErrorCodes.Authorization,
        OpenNebulaErrorKind.NoExists => OpenNebulaErrorCodes.NoExists,
        OpenNebulaErrorKind.Action => OpenNebulaErrorCodes.Action,
        OpenNebulaErrorKind.XmlRpcApi => OpenNebulaErrorCodes.XmlRpcApi,
        OpenNebulaErrorKind.Internal => OpenNebulaErrorCodes.Internal,
        OpenNebulaErrorKind.Allocate => OpenNebulaErrorCodes.Allocate,
        OpenNebulaErrorKind.Locked => OpenNebulaErrorCodes.Locked,
        OpenNebulaErrorKind.Replication => OpenNebulaErrorCodes.Replication,
        OpenNebulaErrorKind.WrongParameters => OpenNebulaErrorCodes.WrongParameters,
        OpenNebulaErrorKind.MalformedCall => OpenNebulaErrorCodes.MalformedCall,
        OpenNebulaErrorKind.NoSuchMethod => OpenNebulaErrorCodes.NoSuchMethod,
        _ => OpenNebulaErrorCodes.OtherServerError,
    };
}
