using Microsoft.Extensions.Logging;

namespace OneEdge.OpenNebula;

/// <summary>The messages about calls. None has a parameter of a call or a text of the server.</summary>
internal static partial class RpcLog
{
    [LoggerMessage(
        EventId = 101, EventName = "CallDone", Level = LogLevel.Debug,
        Message = "{Method} done in {Milliseconds:0.0} ms")]
    public static partial void CallDone(ILogger logger, string method, double milliseconds);

    [LoggerMessage(
        EventId = 102, EventName = "CallRefused", Level = LogLevel.Debug,
        Message = "{Method} refused by the server: {Kind} ({Code}) after {Milliseconds:0.0} ms")]
    public static partial void CallRefused(ILogger logger, string method, OpenNebulaErrorKind kind, string code, double milliseconds);

    [LoggerMessage(
        EventId = 103, EventName = "CallFailed", Level = LogLevel.Warning,
        Message = "{Method} at {Endpoint} failed with {Code} after {Milliseconds:0.0} ms")]
    public static partial void CallFailed(ILogger logger, string method, OpenNebulaEndpoint endpoint, string code, double milliseconds);

    [LoggerMessage(
        EventId = 104, EventName = "CallRetried", Level = LogLevel.Information,
        Message = "{Method} at {Endpoint} failed with {Code}; retry {Retry} follows in {Delay}")]
    public static partial void CallRetried(ILogger logger, string method, OpenNebulaEndpoint endpoint, string code, int retry, TimeSpan delay);
}
