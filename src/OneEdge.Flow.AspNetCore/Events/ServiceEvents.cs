using Microsoft.AspNetCore.Http;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary><c>GET /service/{id}/events</c>: what happens to a service, as server-sent events.</summary>
internal static class ServiceEvents
{
    private const int RetryAfterSeconds = 30;

    public static async Task<Answer> StreamAsync(FlowRequest request)
    {
        Document service = await CallerDocuments.FindAsync(request, DocumentType.Service).ConfigureAwait(false);
        Service present = await request.Engine.GetAsync(service.Id).ConfigureAwait(false);
        if (HttpMethods.IsHead(request.Http.Request.Method)) return new EventStreamAnswer(request, present.Id);
        if (request.Server.Streams.TryOpen()) return new EventStreamAnswer(request, present.Id);
        var refusal = new TextAnswer(StatusCodes.Status503ServiceUnavailable, "Too many streams of events are open.", FlowServerErrorCodes.TooManyStreams);
        throw new AnswerException(refusal with { RetryAfter = RetryAfterSeconds });
    }
}
