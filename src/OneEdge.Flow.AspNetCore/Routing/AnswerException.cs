using Microsoft.AspNetCore.Http;

namespace OneEdge.Flow.AspNetCore;

/// <summary>A request that is refused here, with its answer.</summary>
internal sealed class AnswerException(Answer answer) : Exception
{
    public Answer Answer { get; } = answer;

    public static AnswerException Of(int status, string text, string code) => new(new TextAnswer(status, text, code));

    public static AnswerException BadParameter(string text) => Of(StatusCodes.Status400BadRequest, text, FlowServerErrorCodes.ParameterInvalid);

    public static AnswerException BadBody(string text) => Of(StatusCodes.Status400BadRequest, text, FlowServerErrorCodes.BodyInvalid);

    public static AnswerException UnknownAction(string action) =>
        Of(StatusCodes.Status400BadRequest, $"Action {action} not supported", FlowServerErrorCodes.ActionUnknown);

    /// <summary>The text is that of the cloud, which says the same when there is no document at all.</summary>
    public static AnswerException NoDocument(string id) =>
        Of(StatusCodes.Status404NotFound, $"[one.document.info] Error getting document [{id}].", FlowServerErrorCodes.DocumentNotFound);
}
