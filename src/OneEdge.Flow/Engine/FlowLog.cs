using Microsoft.Extensions.Logging;

namespace OneEdge.Flow.Engine;

/// <summary>The messages of OneEdge.Flow.</summary>
internal static partial class FlowLog
{
    [LoggerMessage(EventId = 1, EventName = "Active", Level = LogLevel.Information, Message = "Engine {Engine} works, lease {Token}, with {Count} services")]
    public static partial void Active(ILogger logger, string engine, long token, int count);

    [LoggerMessage(EventId = 2, EventName = "Standby", Level = LogLevel.Information, Message = "Engine {Engine} waits: '{Holder}' works until {Until}")]
    public static partial void Standby(ILogger logger, string engine, string? holder, DateTimeOffset? until);

    [LoggerMessage(EventId = 3, EventName = "LeaseLost", Level = LogLevel.Error, Message = "Engine {Engine} lost its lease and stops: {Why}")]
    public static partial void LeaseLost(ILogger logger, string engine, string why);

    [LoggerMessage(EventId = 4, EventName = "EngineFailed", Level = LogLevel.Error, Message = "Engine {Engine} cannot work and tries again")]
    public static partial void EngineFailed(ILogger logger, string engine, Exception error);

    [LoggerMessage(EventId = 5, EventName = "DocumentUnreadable", Level = LogLevel.Error, Message = "Document {Id} is left alone: {Why}")]
    public static partial void DocumentUnreadable(ILogger logger, int id, string why);

    [LoggerMessage(EventId = 6, EventName = "StateChanged", Level = LogLevel.Information, Message = "Service {Id}: {State}")]
    public static partial void StateChanged(ILogger logger, int id, ServiceState state);

    [LoggerMessage(EventId = 7, EventName = "ServiceFailed", Level = LogLevel.Error, Message = "Service {Id} could not take in {What}")]
    public static partial void ServiceFailed(ILogger logger, int id, string what, Exception error);

    [LoggerMessage(
        EventId = 8, EventName = "WriteFailed", Level = LogLevel.Warning, Message = "The document of service {Id} could not be written; tried again")]
    public static partial void WriteFailed(ILogger logger, int id, Exception error);

    [LoggerMessage(
        EventId = 9,
        EventName = "TakenOver",
        Level = LogLevel.Warning,
        Message = "The document of service {Id} was changed by another program and is taken over")]
    public static partial void TakenOver(ILogger logger, int id);

    [LoggerMessage(
        EventId = 10, EventName = "DocumentVanished", Level = LogLevel.Error, Message = "The document of service {Id} was deleted by another program")]
    public static partial void DocumentVanished(ILogger logger, int id);

    [LoggerMessage(EventId = 11, EventName = "WatchFailed", Level = LogLevel.Warning, Message = "Events cannot be watched; tried again")]
    public static partial void WatchFailed(ILogger logger, Exception error);

    [LoggerMessage(
        EventId = 12, EventName = "ReadingFailed", Level = LogLevel.Warning, Message = "The cloud could not be read for {Count} services; tried again")]
    public static partial void ReadingFailed(ILogger logger, int count, Exception error);

    [LoggerMessage(EventId = 13, EventName = "VmUnreadable", Level = LogLevel.Warning, Message = "VM {VmId} of service {Id} could not be read")]
    public static partial void VmUnreadable(ILogger logger, int id, int vmId, Exception error);

    [LoggerMessage(EventId = 14, EventName = "CommandFailed", Level = LogLevel.Error, Message = "Service {Id}: {Command} failed")]
    public static partial void CommandFailed(ILogger logger, int id, string command, Exception error);

    [LoggerMessage(EventId = 15, EventName = "AutoscalerFailed", Level = LogLevel.Error, Message = "Policies could not be evaluated; tried again next time")]
    public static partial void AutoscalerFailed(ILogger logger, Exception error);

    [LoggerMessage(
        EventId = 16, EventName = "PolicyProblem", Level = LogLevel.Warning, Message = "Service {Id}, role {Role}: {Kind} policy {Index}: {Problem}")]
    public static partial void PolicyProblem(ILogger logger, int id, string role, Elasticity.ScaleReason kind, int index, string problem);

    [LoggerMessage(EventId = 17, EventName = "RoleFailed", Level = LogLevel.Error, Message = "Service {Id}, role {Role}: policies could not be evaluated")]
    public static partial void RoleFailed(ILogger logger, int id, string role, Exception error);

    [LoggerMessage(EventId = 18, EventName = "EventFailed", Level = LogLevel.Warning, Message = "An event could not be read: {Event}")]
    public static partial void EventFailed(ILogger logger, string @event, Exception error);

    [LoggerMessage(
        EventId = 19, EventName = "ScheduleRefused", Level = LogLevel.Warning, Message = "Service {Id}: {Action} of VM {VmId} could not be scheduled: {Error}")]
    public static partial void ScheduleRefused(ILogger logger, int id, string action, int vmId, string error);

    [LoggerMessage(EventId = 20, EventName = "NetworkNotRecovered", Level = LogLevel.Warning, Message = "Service {Id}: network {Network}: {Error}")]
    public static partial void NetworkNotRecovered(ILogger logger, int id, int network, string error);

    [LoggerMessage(
        EventId = 21,
        EventName = "DocumentsUnread",
        Level = LogLevel.Warning,
        Message = "Names and owners of documents could not be read; tried again next time")]
    public static partial void DocumentsUnread(ILogger logger, Exception error);
}
