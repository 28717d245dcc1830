using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace OneEdge.OpenNebula;

/// <summary>Tells logs, traces and meters about one call. None of them gets a parameter or a text of the server.</summary>
internal sealed class CallWatch : IDisposable
{
    private readonly OpenNebulaCall _call;
    private readonly OpenNebulaEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Activity? _activity;
    private readonly long _start;
    private string _outcome = "cancelled";

    private CallWatch(OpenNebulaCall call, OpenNebulaEndpoint endpoint, TimeProvider time, ILogger logger)
    {
        (_call, _endpoint, _time, _logger) = (call, endpoint, time, logger);
        _activity = OpenNebulaTelemetry.Activities.StartActivity(call.Method, ActivityKind.Client);
        _activity?.SetTag("rpc.system", "xmlrpc").SetTag("rpc.method", call.Method)
            .SetTag("server.address", endpoint.Uri.Host).SetTag("server.port", endpoint.Uri.Port);
        _start = time.GetTimestamp();
    }

    public static CallWatch Start(OpenNebulaCall call, OpenNebulaEndpoint endpoint, TimeProvider time, ILogger logger) => new(call, endpoint, time, logger);

    public void Done()
    {
        _outcome = "ok";
        RpcLog.CallDone(_logger, _call.Method, Milliseconds);
    }

    public void Failed(OpenNebulaException error)
    {
        _outcome = error.Code;
        _activity?.SetTag("error.type", error.Code).SetStatus(ActivityStatusCode.Error);
        if (error is OpenNebulaCallException refused) RpcLog.CallRefused(_logger, _call.Method, refused.Kind, refused.Code, Milliseconds);
        else RpcLog.CallFailed(_logger, _call.Method, _endpoint, error.Code, Milliseconds);
    }

    public void Dispose()
    {
        OpenNebulaTelemetry.CallDuration.Record(
            _time.GetElapsedTime(_start).TotalSeconds,
            new KeyValuePair<string, object?>("rpc.method", _call.Method),
            new KeyValuePair<string, object?>("outcome", _outcome));
        _activity?.Dispose();
    }

    private double Milliseconds => _time.GetElapsedTime(_start).TotalMilliseconds;
}
