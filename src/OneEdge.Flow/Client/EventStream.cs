using System.Net.ServerSentEvents;

namespace OneEdge.Flow.Client;

/// <summary>What our server sends of a service as it happens (<c>GET /service/ID/events</c>, server-sent events).</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private const string MediaType = "text/event-stream";

    private readonly HttpResponseMessage _response;
    private readonly FlowCaller _caller;
    private readonly CallFailure _failure;
    private readonly EventBytes _bytes;
    private readonly CancellationTokenSource _ends;
    private readonly IAsyncEnumerator<SseItem<ServerEvent>> _items;

    private EventStream(FlowCaller caller, FlowRequest request, HttpResponseMessage response, Stream bytes, CancellationTokenSource ends)
    {
        (_caller, _response, _ends) = (caller, response, ends);
        _failure = new CallFailure(caller.Options.Endpoint, request);
        _bytes = new EventBytes(bytes, _failure, caller.Options, caller.Time);
        int id = request.ObjectId!.Value;
        _items = SseParser.Create(_bytes, (type, data) => EventReader.Read(id, type, data)).EnumerateAsync(ends.Token).GetAsyncEnumerator(ends.Token);
    }

    /// <summary>Opens the stream.</summary>
    /// <param name="caller">Sends the request.</param>
    /// <param name="id">The service.</param>
    /// <param name="lastEventId">From where on entries of the log are wanted.</param>
    /// <param name="cancellationToken">Ends opening, and the stream.</param>
    /// <returns>The stream; <see langword="null"/> when the server has none.</returns>
    public static async Task<EventStream?> OpenAsync(FlowCaller caller, int id, string lastEventId, CancellationToken cancellationToken)
    {
        FlowRequest request = FlowRequests.Service(HttpMethod.Get, id, "watch", "/events");
        HttpResponseMessage response = await caller.Channel.OpenAsync(request, MediaType, lastEventId, cancellationToken).ConfigureAwait(false);
        CancellationTokenSource ends = caller.Channel.Linked(cancellationToken);
        try
        {
            if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == MediaType)
            {
                Stream bytes = await response.Content.ReadAsStreamAsync(ends.Token).ConfigureAwait(false);
                return new EventStream(caller, request, response, bytes, ends);
            }

            // A server that has no such path, or that takes it for something else; one that refuses says why.
            if (response.IsSuccessStatusCode || (int)response.StatusCode is 404 or 405 or 406) return Closed();
            throw caller.ErrorOf(request, new FlowAnswer((int)response.StatusCode, []));
        }
        catch
        {
            Closed();
            throw;
        }

        EventStream? Closed()
        {
            response.Dispose();
            ends.Dispose();
            return null;
        }
    }

    /// <summary>The next event; <see langword="null"/> at the end of the stream.</summary>
    public async Task<ServerEvent?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _items.MoveNextAsync().ConfigureAwait(false))
            {
                _bytes.EventRead();
                if (_items.Current.Data is EndEvent) return null;
                if (_items.Current.Data is not UnknownServerEvent) return _items.Current.Data;
            }

            return null;
        }
        catch (FormatException error)
        {
            throw _failure.NotOneFlow(error.Message, (int)_response.StatusCode);
        }
        catch (Exception error) when (error is HttpRequestException or IOException && !_ends.IsCancellationRequested)
        {
            throw _failure.Broken(error, hasAnswer: true);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or HttpRequestException or IOException
            && _ends.IsCancellationRequested)
        {
            throw _caller.Channel.Ended(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _items.DisposeAsync().ConfigureAwait(false);
        await _bytes.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
        _ends.Dispose();
    }
}
