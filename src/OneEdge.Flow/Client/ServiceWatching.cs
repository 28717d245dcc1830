using System.Runtime.CompilerServices;

namespace OneEdge.Flow.Client;

/// <summary>Watches a service: by what the server sends, or by looking again and again.</summary>
internal sealed class ServiceWatching(FlowCaller caller, IOneFlowServices services, int id)
{
    private readonly SeenService _seen = new(id);
    private bool _canStream = true;

    public async IAsyncEnumerable<ServiceNotification> NotificationsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource ends = caller.Channel.Linked(cancellationToken);
        while (true)
        {
            (OneFlowService? service, bool isGone) = await LookAsync(cancellationToken).ConfigureAwait(false);
            if (isGone) break;
            if (service is not null)
            {
                foreach (ServiceNotification notification in _seen.Take(service)) yield return notification;
            }

            if (_canStream && service is not null)
            {
                await foreach (ServiceNotification notification in StreamAsync(cancellationToken).ConfigureAwait(false)) yield return notification;
                if (_seen.IsGone) yield break;
            }

            await PauseAsync(ends.Token, cancellationToken).ConfigureAwait(false);
        }

        yield return new ServiceGoneNotification(id);
    }

    // The first look has to succeed; later ones wait out what may pass.
    private async Task<(OneFlowService? Service, bool IsGone)> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await services.GetAsync(id, cancellationToken).ConfigureAwait(false), false);
        }
        catch (OneFlowRefusedException error) when (error.Kind == OneFlowRefusal.NotFound && _seen.IsKnown)
        {
            return (null, true);
        }
        catch (OneFlowTransportException error) when (error.IsRetrySafe && _seen.IsKnown)
        {
            ClientLog.WatchInterrupted(caller.Logger, id, caller.Options.Endpoint, error.Code, caller.Options.PollInterval);
            return (null, false);
        }
    }

    private async Task PauseAsync(CancellationToken ends, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(caller.Options.PollInterval, caller.Time, ends).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw caller.Channel.Ended(cancellationToken);
        }
    }

    private async IAsyncEnumerable<ServiceNotification> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        EventStream? stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
        if (stream is null) yield break;
        await using ConfiguredAsyncDisposable closes = stream.ConfigureAwait(false);
        _seen.BeginReplay();
        while (await NextAsync(stream, cancellationToken).ConfigureAwait(false) is { } happened)
        {
            foreach (ServiceNotification notification in NewsOf(happened)) yield return notification;
            if (_seen.IsGone) yield break;
        }
    }

    private IReadOnlyList<ServiceNotification> NewsOf(ServerEvent happened) => happened switch
    {
        SnapshotEvent snapshot => _seen.Take(snapshot.Service),
        NotificationEvent { Notification: var notification } when _seen.Take(notification) => [notification],
        _ => [],
    };

    private async Task<EventStream?> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            EventStream? stream = await EventStream.OpenAsync(caller, id, _seen.LastEventId, cancellationToken).ConfigureAwait(false);
            if (stream is not null) return stream;
            _canStream = false;
            ClientLog.WatchPolls(caller.Logger, id, caller.Options.Endpoint, caller.Options.PollInterval);
        }
        catch (OneFlowTransportException error) when (error.IsRetrySafe)
        {
            ClientLog.WatchInterrupted(caller.Logger, id, caller.Options.Endpoint, error.Code, caller.Options.PollInterval);
        }

        return null;
    }

    private async Task<ServerEvent?> NextAsync(EventStream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.NextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OneFlowTransportException error) when (error.IsRetrySafe)
        {
            ClientLog.WatchInterrupted(caller.Logger, id, caller.Options.Endpoint, error.Code, caller.Options.PollInterval);
            return null;
        }
    }
}
