using Microsoft.AspNetCore.Http;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>
/// What goes wrong, as OneFlow answers it: a text, of the cloud or of the engine. Where OneFlow answers 500 to what somebody else is to blame for, the status
/// says what is wrong.
/// </summary>
internal static class ErrorAnswers
{
    private const int RetryAfterSeconds = 5;

    public static Answer Of(Exception error) => error switch
    {
        AnswerException refused => refused.Answer,
        ServiceTemplateException invalid => Text(StatusCodes.Status400BadRequest, invalid.OriginalMessage ?? invalid.Message, invalid),
        ServiceRefusedException refused => Text(StatusOf(refused), refused.Message, refused),
        ServiceNotFoundException unknown => Text(StatusCodes.Status404NotFound, unknown.Message, unknown),
        FlowEngineInactiveException inactive => Later(inactive.Message, inactive.Code),
        OwnershipException { InnerException: OpenNebulaCallException cause } owner => Text(StatusOf(cause), owner.Message, owner),
        FlowException flow => Text(StatusOf(flow), flow.Message, flow),
        OpenNebulaCallException { Kind: OpenNebulaErrorKind.Authentication } => CallerCache.Refusal(),
        OpenNebulaCallException call => Text(StatusOf(call), call.ServerMessage, call),
        DocumentNotFoundException { InnerException: OpenNebulaCallException call } gone => Text(StatusCodes.Status404NotFound, call.ServerMessage, gone),
        DocumentNotFoundException gone => Text(StatusCodes.Status404NotFound, gone.Message, gone),
        DocumentConflictException conflict => Text(StatusCodes.Status409Conflict, conflict.Message, conflict),
        // Where it is and why it does not answer is not for everybody.
        OpenNebulaTransportException => Later("OpenNebula does not answer.", FlowServerErrorCodes.CloudUnreachable),
        OpenNebulaException other => Text(StatusOf(other), other.Message, other),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large => new TextAnswer(
            large.StatusCode, large.Message, FlowServerErrorCodes.BodyTooLarge),
        BadHttpRequestException bad => new TextAnswer(bad.StatusCode, bad.Message, FlowServerErrorCodes.BodyInvalid),
        _ => Failure(),
    };

    /// <summary>The form that OneFlow gives its own failures.</summary>
    private static JsonAnswer Failure() => new(
        StatusCodes.Status500InternalServerError, """{"message":"Internal server error","reason":"see the log of the server"}"""u8.ToArray())
    {
        ErrorCode = FlowServerErrorCodes.Internal,
    };

    private static TextAnswer Later(string text, string code) =>
        new(StatusCodes.Status503ServiceUnavailable, text, code) { RetryAfter = RetryAfterSeconds };

    private static TextAnswer Text(int status, string text, OneEdgeException error) => new(status, text, error.Code);

    private static int StatusOf(ServiceRefusedException refused) => refused.Reason switch
    {
        Lifecycle.RefusalReason.NotFound => StatusCodes.Status404NotFound,
        Lifecycle.RefusalReason.Invalid => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    };

    private static int StatusOf(FlowException error) => error.Code switch
    {
        FlowErrorCodes.UpdateRefused => error.Message.StartsWith("Immutable ", StringComparison.Ordinal)
            || error.Message.StartsWith("To change ", StringComparison.Ordinal)
            ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest,
        FlowErrorCodes.ServiceUnreadable => StatusCodes.Status409Conflict,
        FlowErrorCodes.OwnerNotServed or FlowErrorCodes.OwnerNotChanged => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };

    // 401 for missing rights is that of OneFlow, which its clients know.
    private static int StatusOf(OpenNebulaCallException error) => error.Kind switch
    {
        OpenNebulaErrorKind.Authorization => StatusCodes.Status401Unauthorized,
        OpenNebulaErrorKind.NoExists => StatusCodes.Status404NotFound,
        OpenNebulaErrorKind.Action or OpenNebulaErrorKind.Locked => StatusCodes.Status409Conflict,
        OpenNebulaErrorKind.XmlRpcApi => StatusCodes.Status400BadRequest,
        _ => error.ServerMessage.Contains("NAME is already taken", StringComparison.Ordinal)
            ? StatusCodes.Status409Conflict : StatusCodes.Status500InternalServerError,
    };

    private static int StatusOf(OpenNebulaException error) => error.Code switch
    {
        OpenNebulaErrorCodes.DocumentInvalid or OpenNebulaErrorCodes.ValueUnwritable => StatusCodes.Status400BadRequest,
        OpenNebulaErrorCodes.DocumentBusy or OpenNebulaErrorCodes.DocumentUnreadable => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status500InternalServerError,
    };
}
