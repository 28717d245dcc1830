using System.Net;
using System.Net.Http.Headers;

namespace OneEdge.OpenNebula;

/// <summary>Sends one request and gives the bytes of its answer; every failure is an error of ours.</summary>
internal sealed class RpcChannel : IDisposable
{
    // The server closes a connection after 15 s without a call; a call that crosses that would be lost.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);
    private static readonly MediaTypeHeaderValue ContentType = new("text/xml") { CharSet = "utf-8" };

    private readonly HttpClient _http;
    private readonly OpenNebulaConnectionOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turns;
    private readonly CancellationTokenSource _closed = new();

    public RpcChannel(OpenNebulaConnectionOptions options, TimeProvider time, HttpMessageHandler? handler)
    {
        _options = options;
        _time = time;
        // Calls wait here, so that their time starts with their turn; the semaphore serves them in the order in which they came.
        _turns = new SemaphoreSlim(options.MaxConcurrentCalls);
        _http = new HttpClient(handler ?? NewHandler(options.MaxConcurrentCalls), disposeHandler: handler is null)
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Sends a request.</summary>
    /// <exception cref="OpenNebulaTransportException">No usable answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled by the caller.</exception>
    /// <exception cref="ObjectDisposedException">The channel is closed, or was while the call waited or ran.</exception>
    public async Task<AnswerBody> SendAsync(OpenNebulaCall call, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        await WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var timeout = new CancellationTokenSource(_options.Timeout, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token, _closed.Token);
            try
            {
                return await ExchangeAsync(new CallFailure(_options.Endpoint, call), request, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ThrowIfClosed();
                throw new CallFailure(_options.Endpoint, call).TimedOut(_options.Timeout);
            }
        }
        finally
        {
            _turns.Release();
        }
    }

    // Neither the semaphore nor the source holds anything to give back, and calls that end now still use them.
    public void Dispose()
    {
        _closed.Cancel();
        _http.Dispose();
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed.IsCancellationRequested, typeof(OpenNebulaConnection));

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfClosed();
        if (_turns.Wait(0, CancellationToken.None)) return;
        OpenNebulaTelemetry.WaitingCalls.Add(1);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
            await _turns.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfClosed();
            throw;
        }
        finally
        {
            OpenNebulaTelemetry.WaitingCalls.Add(-1);
        }
    }

    private async Task<AnswerBody> ExchangeAsync(CallFailure failure, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        bool hasAnswer = false;
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, _options.Endpoint.Uri) { Content = new ReadOnlyMemoryContent(request) };
            message.Content.Headers.ContentType = ContentType;
            using HttpResponseMessage response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            hasAnswer = true;
            if (response.StatusCode != HttpStatusCode.OK) throw failure.Status((int)response.StatusCode);
            AnswerBody? body = await AnswerBody.ReadAsync(response.Content, _options.MaxAnswerBytes, cancellationToken).ConfigureAwait(false);
            return body ?? throw failure.TooLarge(_options.MaxAnswerBytes);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw failure.Broken(e, hasAnswer);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }

    // No redirects, cookies, compression or proxy of the environment: a call carries credentials and goes to the server that was named.
    private static SocketsHttpHandler NewHandler(int connections) => new()
    {
        MaxConnectionsPerServer = connections,
        PooledConnectionIdleTimeout = IdleTimeout,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
    };
}
