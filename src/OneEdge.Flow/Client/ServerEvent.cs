namespace OneEdge.Flow.Client;

/// <summary>An event that our server sends.</summary>
internal abstract record ServerEvent;

/// <summary>How the service is: the first event.</summary>
internal sealed record SnapshotEvent(ServiceSnapshot Service) : ServerEvent;

/// <summary>Something happened.</summary>
internal sealed record NotificationEvent(ServiceNotification Notification) : ServerEvent;

/// <summary>The server ends the stream; the service goes on.</summary>
internal sealed record EndEvent : ServerEvent;

/// <summary>An event of a later version, which means nothing here.</summary>
internal sealed record UnknownServerEvent : ServerEvent;
