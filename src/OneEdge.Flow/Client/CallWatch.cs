using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace OneEdge.Flow.Client;

/// <summary>Tells logs, traces and meters about one call. None of them gets what is sent or a text of the server.</summary>
internal sealed class CallWatch : IDisposable
{
    private readonly FlowRequest _request;
    private readonly OneFlowEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Activity? _activity;
    private readonly long _start;
    private string _outcome = "cancelled";

    public CallWatch(FlowRequest request, OneFlowEndpoint endpoint, TimeProvider time, ILogger logger)
    {
        (_request, _endpoint, _time, _logger) = (request, endpoint, time, logger);
        _activity = FlowTelemetry.Activities.StartActivity(request.ToString(), ActivityKind.Client);
        _activity?.SetTag("http.request.method", request.Method.Method).SetTag("server.address", endpoint.Uri.Host).SetTag("server.port", endpoint.Uri.Port);
        _start = time.GetTimestamp();
    }

    public void Done()
    {
        _outcome = "ok";
        ClientLog.CallDone(_logger, _request, Milliseconds);
    }

    public void Failed(OneFlowException error)
    {
        _outcome = error.Code;
        _activity?.SetTag("error.type", error.Code).SetStatus(ActivityStatusCode.Error);
        if (error is OneFlowRefusedException refused) ClientLog.CallRefused(_logger, _request, refused.Kind, refused.Code, Milliseconds);
        else ClientLog.CallFailed(_logger, _request, _endpoint, error.Code, Milliseconds);
    }

    public void Dispose()
    {
        ClientTelemetry.CallDuration.Record(
            _time.GetElapsedTime(_start).TotalSeconds,
            new KeyValuePair<string, object?>("http.request.method", _request.Method.Method),
            new KeyValuePair<string, object?>("outcome", _outcome));
        _activity?.Dispose();
    }

    private double Milliseconds => _time.GetElapsedTime(_start).TotalMilliseconds;
}
