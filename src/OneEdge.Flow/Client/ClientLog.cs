using Microsoft.Extensions.Logging;

namespace OneEdge.Flow.Client;

/// <summary>The messages about calls. None has what is sent or a text of the server.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(EventId = 101, EventName = "CallDone", Level = LogLevel.Debug, Message = "{Request} done in {Milliseconds:0.0} ms")]
    public static partial void CallDone(ILogger logger, FlowRequest request, double milliseconds);

    [LoggerMessage(
        EventId = 102, EventName = "CallRefused", Level = LogLevel.Debug,
        Message = "{Request} refused by the server: {Kind} ({Code}) after {Milliseconds:0.0} ms")]
    public static partial void CallRefused(ILogger logger, FlowRequest request, OneFlowRefusal kind, string code, double milliseconds);

    [LoggerMessage(
        EventId = 103, EventName = "CallFailed", Level = LogLevel.Warning,
        Message = "{Request} at {Endpoint} failed with {Code} after {Milliseconds:0.0} ms")]
    public static partial void CallFailed(ILogger logger, FlowRequest request, OneFlowEndpoint endpoint, string code, double milliseconds);

    [LoggerMessage(
        EventId = 104, EventName = "CallRetried", Level = LogLevel.Information,
        Message = "{Request} at {Endpoint} failed with {Code}; retry {Retry} follows in {Delay}")]
    public static partial void CallRetried(ILogger logger, string request, OneFlowEndpoint endpoint, string code, int retry, TimeSpan delay);

    [LoggerMessage(
        EventId = 105, EventName = "WatchPolls", Level = LogLevel.Information,
        Message = "Service {Id} at {Endpoint} is looked at every {Interval}: the server does not send what happens")]
    public static partial void WatchPolls(ILogger logger, int id, OneFlowEndpoint endpoint, TimeSpan interval);

    [LoggerMessage(
        EventId = 106, EventName = "WatchInterrupted", Level = LogLevel.Information,
        Message = "Watching service {Id} at {Endpoint} was interrupted ({Code}); tried again in {Delay}")]
    public static partial void WatchInterrupted(ILogger logger, int id, OneFlowEndpoint endpoint, string code, TimeSpan delay);
}
