using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OneEdge.Flow.AspNetCore;

/// <summary>What is around every request: who sent it, what it is answered with when something is wrong, how long it took.</summary>
internal static class RequestShell
{
    public static async Task RunAsync(OneFlowServer server, FlowRoute route, HttpContext http)
    {
        long began = server.Time.GetTimestamp();
        int status = 0;
        try
        {
            LimitBody(server, http);
            Answer answer = await AnswerAsync(server, route, http).ConfigureAwait(false);
            status = answer.Status;
            await answer.WriteAsync(http).ConfigureAwait(false);
        }
        catch (Exception error) when (IsCut(http, error))
        {
            // Nobody is there to hear the answer.
            if (status == 0) status = StatusCodes.Status499ClientClosedRequest;
        }
        finally
        {
            Measure(server, route, http.Request.Method, status == 0 ? StatusCodes.Status500InternalServerError : status, began);
        }
    }

    private static async Task<Answer> AnswerAsync(OneFlowServer server, FlowRoute route, HttpContext http)
    {
        CallerLease? lease = null;
        try
        {
            if (!route.IsOpen) lease = await server.Callers.AuthenticateAsync(http.Request.Headers.Authorization, http.RequestAborted).ConfigureAwait(false);
            Answer answer = await route.Handle(new FlowRequest(server, http, lease?.Caller)).ConfigureAwait(false);
            return answer;
        }
        catch (Exception error) when (!http.RequestAborted.IsCancellationRequested)
        {
            Answer answer = ErrorAnswers.Of(error);
            if (answer.Status == StatusCodes.Status500InternalServerError) ServerLog.Failed(server.Logger, http.Request.Method, route.Label, error);
            if (answer.AsksForCredentials && lease is not null) server.Callers.Forget(lease);
            return answer;
        }
        finally
        {
            lease?.Dispose();
        }
    }

    private static bool IsCut(HttpContext http, Exception error) =>
        error is OperationCanceledException or IOException && (http.RequestAborted.IsCancellationRequested || http.Response.HasStarted);

    private static void LimitBody(OneFlowServer server, HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = server.Options.MaxRequestBodyBytes;
    }

    private static void Measure(OneFlowServer server, FlowRoute route, string method, int status, long began)
    {
        // The method may be any text that somebody sent; measurements know those that exist.
        string known = method is "GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "PATCH" or "OPTIONS" ? method : "_OTHER";
        KeyValuePair<string, object?> tagMethod = new("http.request.method", known);
        KeyValuePair<string, object?> tagRoute = new("http.route", route.Label);
        KeyValuePair<string, object?> tagStatus = new("http.response.status_code", status);
        FlowServerTelemetry.Requests.Add(1, tagMethod, tagRoute, tagStatus);
        if (!route.IsStream) FlowServerTelemetry.Duration.Record(server.Time.GetElapsedTime(began).TotalSeconds, tagMethod, tagRoute, tagStatus);
    }
}
