using System.Net;
using System.Net.Http.Headers;

namespace OneEdge.Flow.Client;

/// <summary>Sends one request and gives its answer; every failure on the way is an error of ours.</summary>
internal sealed class FlowChannel : IDisposable
{
    // The server closes a connection after a while without a call; a call that crosses that would be lost.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    private readonly HttpClient _http;
    private readonly OneFlowClientOptions _options;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turns;
    private readonly CancellationTokenSource _closed = new();

    public FlowChannel(OneFlowCredentials credentials, OneFlowClientOptions options, TimeProvider time, HttpMessageHandler? handler)
    {
        (_options, _time) = (options, time);
        _authorization = new AuthenticationHeaderValue("Basic", credentials.Basic);
        _turns = new SemaphoreSlim(options.MaxConcurrentCalls);
        _http = new HttpClient(handler ?? NewHandler(), disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Sends a request.</summary>
    /// <exception cref="OneFlowTransportException">No usable answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled by the caller.</exception>
    /// <exception cref="ObjectDisposedException">The channel is closed, or was while the call waited or ran.</exception>
    public async Task<FlowAnswer> SendAsync(FlowRequest request, CancellationToken cancellationToken)
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        try
        {
            await _turns.WaitAsync(cancelled.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw Ended(cancellationToken);
        }

        try
        {
            return await LimitedAsync(request, token => ExchangeAsync(request, token), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Opens an answer that goes on; it has to be disposed of. The time limit counts until it begins.</summary>
    /// <inheritdoc cref="SendAsync"/>
    public Task<HttpResponseMessage> OpenAsync(FlowRequest request, string accept, string lastEventId, CancellationToken cancellationToken) =>
        LimitedAsync(request, token => OpenOnceAsync(request, accept, lastEventId, token), cancellationToken);

    /// <summary>A token that is cancelled when the caller cancels or the channel is closed.</summary>
    public CancellationTokenSource Linked(CancellationToken cancellationToken) =>
        CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);

    /// <summary>Why something ended that was cancelled.</summary>
    public Exception Ended(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested || !_closed.IsCancellationRequested
        ? new OperationCanceledException(cancellationToken)
        : new ObjectDisposedException(nameof(OneFlowClient));

    // Neither the semaphore nor the source holds anything to give back, and calls that end now still use them.
    public void Dispose()
    {
        _closed.Cancel();
        _http.Dispose();
    }

    private async Task<T> LimitedAsync<T>(FlowRequest request, Func<CancellationToken, Task<T>> exchange, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token, _closed.Token);
        try
        {
            return await exchange(either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            if (cancellationToken.IsCancellationRequested || _closed.IsCancellationRequested) throw Ended(cancellationToken);
            if (e is ObjectDisposedException) throw;
            throw new CallFailure(_options.Endpoint, request).TimedOut(_options.Timeout);
        }
    }

    private async Task<FlowAnswer> ExchangeAsync(FlowRequest request, CancellationToken cancellationToken)
    {
        var failure = new CallFailure(_options.Endpoint, request);
        bool hasAnswer = false;
        try
        {
            using HttpRequestMessage message = Message(request, "application/json");
            using HttpResponseMessage response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            hasAnswer = true;
            if (response.Content.Headers.ContentLength > _options.MaxAnswerBytes) throw failure.TooLarge(_options.MaxAnswerBytes);
            await response.Content.LoadIntoBufferAsync(_options.MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return new FlowAnswer((int)response.StatusCode, body, ErrorCodeOf(response));
        }
        catch (HttpRequestException e) when (hasAnswer && e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw failure.TooLarge(_options.MaxAnswerBytes);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            if (cancellationToken.IsCancellationRequested) throw new OperationCanceledException(e.Message, e, cancellationToken);
            throw failure.Broken(e, hasAnswer);
        }
    }

    private static string? ErrorCodeOf(HttpResponseMessage response)
    {
        const int length = 7;
        string? code = response.Headers.TryGetValues("OneEdge-Error", out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
        return code is { Length: length } && code.All(char.IsAsciiLetterOrDigit) ? code : null;
    }

    private async Task<HttpResponseMessage> OpenOnceAsync(FlowRequest request, string accept, string lastEventId, CancellationToken cancellationToken)
    {
        try
        {
            using HttpRequestMessage message = Message(request, accept);
            message.Headers.Add("Last-Event-ID", lastEventId);
            return await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            if (cancellationToken.IsCancellationRequested) throw new OperationCanceledException(e.Message, e, cancellationToken);
            throw new CallFailure(_options.Endpoint, request).Broken(e, hasAnswer: false);
        }
    }

    private HttpRequestMessage Message(FlowRequest request, string accept)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(_options.Endpoint.Uri, request.Path));
        message.Headers.Authorization = _authorization;
        message.Headers.Accept.ParseAdd(accept);
        if (request.IsRead) return message;

        // Without content, be it empty, the handler takes a request for one that it may send again by itself when a connection breaks.
        message.Content = new ReadOnlyMemoryContent(request.Body ?? default);
        if (request.Body is not null) message.Content.Headers.ContentType = Json;
        return message;
    }

    // No redirects, cookies, compression or proxy of the environment: a call carries credentials and goes to the server that was named.
    private static SocketsHttpHandler NewHandler() => new()
    {
        PooledConnectionIdleTimeout = IdleTimeout,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
    };
}
