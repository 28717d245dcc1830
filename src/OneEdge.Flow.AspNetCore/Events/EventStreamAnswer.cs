using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OneEdge.Flow.AspNetCore;

/// <summary>
/// A stream of events: first a snapshot, then what changes, comments when nothing does, at last that the service is gone. Who comes again with
/// <c>Last-Event-ID</c> gets a snapshot, too, and the entries of the log since then.
/// </summary>
internal sealed record EventStreamAnswer(FlowRequest Request, int ServiceId) : Answer(StatusCodes.Status200OK)
{
    private const string ContentType = "text/event-stream";

    private OneFlowServerOptions Options => Request.Options;

    private TimeProvider Time => Request.Server.Time;

    protected override async Task WriteBodyAsync(HttpContext http)
    {
        http.Response.ContentType = ContentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(http.Request.Method)) return;
        try
        {
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            var writer = new EventWriter(http, Options.EventWriteTimeout, Time);
            await writer.CommentAsync("events of a service").ConfigureAwait(false);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
            using var lifetime = new CancellationTokenSource(Options.EventStreamLifetime, Time);
            using CancellationTokenRegistration over = lifetime.Token.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), end);
            await WatchAsync(writer, end.Token).ConfigureAwait(false);
        }
        finally
        {
            Request.Server.Streams.Close();
        }
    }

    private async Task WatchAsync(EventWriter writer, CancellationToken end)
    {
        try
        {
            var heartbeats = new HeartbeatReader<ServiceNotification>(Request.Engine.WatchAsync(ServiceId, end), Options.EventHeartbeat, Time);
            await using (heartbeats.ConfigureAwait(false)) await SendAsync(writer, heartbeats).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client has gone, or its time is over and it may come again.
        }
        catch (FlowException error)
        {
            await writer.EventAsync("error", EventJson.Error(ServiceId, error)).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(EventWriter writer, HeartbeatReader<ServiceNotification> notifications)
    {
        List<ServiceNotification>? first = [];
        while (await notifications.ReadAsync().ConfigureAwait(false) is var (kind, notification) && kind != ReadKind.End)
        {
            if (kind == ReadKind.Silence)
            {
                await writer.CommentAsync("still here").ConfigureAwait(false);
            }
            else if (first is null)
            {
                await SendAsync(writer, notification!).ConfigureAwait(false);
            }
            else if (notification is ServiceStateNotification state)
            {
                await writer.EventAsync("snapshot", EventJson.Snapshot(first, state)).ConfigureAwait(false);
                foreach (VmConditionNotification vm in first.OfType<VmConditionNotification>()) await SendAsync(writer, vm).ConfigureAwait(false);
                first = null;
                await ReplayAsync(writer).ConfigureAwait(false);
            }
            else
            {
                first.Add(notification!);
            }
        }
    }

    private async Task ReplayAsync(EventWriter writer)
    {
        if (EventId.TimeOf(Request.Http.Request.Headers["Last-Event-ID"]) is not { } last) return;

        // Entries have whole seconds: those of the same one may have been told already.
        DateTimeOffset since = DateTimeOffset.FromUnixTimeSeconds(last.ToUnixTimeSeconds());
        Service service = await Request.Engine.GetAsync(ServiceId).ConfigureAwait(false);
        foreach (ServiceLogEntry entry in service.Log.Where(e => e.Time >= since))
        {
            await SendAsync(writer, new ServiceLogNotification(ServiceId, entry)).ConfigureAwait(false);
        }
    }

    private static Task SendAsync(EventWriter writer, ServiceNotification notification)
    {
        (string name, byte[] data) = EventJson.Of(notification);
        return writer.EventAsync(name, data);
    }
}
