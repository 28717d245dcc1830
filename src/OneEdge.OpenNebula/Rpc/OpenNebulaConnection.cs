using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.Retry;

namespace OneEdge.OpenNebula;

/// <summary>Calls methods of an OpenNebula server for one user. Use one for many calls, from as many threads as you like.</summary>
public sealed class OpenNebulaConnection : IOpenNebulaRpc, IDisposable
{
    private readonly OpenNebulaConnectionOptions _options;
    private readonly OpenNebulaCredentials _credentials;
    private readonly SessionMask _mask;
    private readonly RpcChannel _channel;
    private readonly ResiliencePipeline _retries;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Creates a connection; nothing is sent before the first call.</summary>
    /// <param name="credentials">Who calls.</param>
    /// <param name="options">How to call; they are not looked at again later.</param>
    /// <param name="time">The clock of time limits and retries.</param>
    /// <param name="logger">Gets a line for each call, without its parameters.</param>
    /// <param name="handler">Sends the requests, for example with a certificate of your own; it is not disposed of.</param>
    public OpenNebulaConnection(
        OpenNebulaCredentials credentials,
        OpenNebulaConnectionOptions? options = null,
        TimeProvider? time = null,
        ILogger<OpenNebulaConnection>? logger = null,
        HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        _credentials = credentials;
        _mask = new SessionMask(credentials);
        _options = OpenNebulaConnectionOptions.Checked(options);
        _time = time ?? TimeProvider.System;
        _logger = logger ?? (ILogger)NullLogger.Instance;
        _channel = new RpcChannel(_options, _time, handler);
        _retries = NewRetries();
    }

    /// <summary>The address of the server.</summary>
    public OpenNebulaEndpoint Endpoint => _options.Endpoint;

    /// <summary>
    /// Creates a connection as the tools of OpenNebula do: the address from <c>ONE_XMLRPC</c>, the credentials from the file that <c>ONE_AUTH</c> names.
    /// </summary>
    /// <param name="variable">Gives the value of a variable of the environment, for example <c>Environment.GetEnvironmentVariable</c>.</param>
    /// <param name="options">How to call; its address does not count.</param>
    /// <param name="time">The clock of time limits and retries.</param>
    /// <param name="logger">Gets a line for each call, without its parameters.</param>
    /// <param name="cancellationToken">Cancels reading the file.</param>
    /// <exception cref="OpenNebulaException">There are no credentials, or they or the address cannot be used.</exception>
    public static async Task<OpenNebulaConnection> FromVariablesAsync(
        Func<string, string?> variable,
        OpenNebulaConnectionOptions? options = null,
        TimeProvider? time = null,
        ILogger<OpenNebulaConnection>? logger = null,
        CancellationToken cancellationToken = default)
    {
        OpenNebulaCredentials credentials = await OpenNebulaCredentials.ReadAsync(variable, cancellationToken).ConfigureAwait(false);
        return new OpenNebulaConnection(
            credentials, (options ?? new OpenNebulaConnectionOptions()).At(OpenNebulaEndpoint.FromVariables(variable)), time, logger);
    }

    /// <summary>Calls a method.</summary>
    /// <param name="method">The method, such as <c>one.vm.info</c>.</param>
    /// <param name="parameters">Its parameters after the session, which the connection adds (methods of <c>system.</c> have none).</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The value of the answer: the second element of the result array, or the whole answer of a method of <c>system.</c>.</returns>
    /// <exception cref="OpenNebulaCallException">The server refused the call.</exception>
    /// <exception cref="OpenNebulaTransportException">The call did not reach the server, or no usable answer came back.</exception>
    /// <exception cref="OpenNebulaException">A parameter cannot be sent.</exception>
    public Task<RpcValue> CallAsync(string method, IReadOnlyList<RpcValue> parameters, CancellationToken cancellationToken = default) =>
        CallAsync(new OpenNebulaCall(method, parameters), cancellationToken);

    /// <summary>Makes a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <inheritdoc cref="CallAsync(string, IReadOnlyList{RpcValue}, CancellationToken)"/>
    public async Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        ReadOnlyMemory<byte> request = call.IsOfServer
            ? RpcRequestWriter.Write(call.Method, [.. call.Parameters])
            : RpcRequestWriter.Write(call.Method, [_credentials.Session, .. call.Parameters]);
        using var watch = CallWatch.Start(call, _options.Endpoint, _time, _logger);
        try
        {
            RpcAnswer answer = await SendAsync(call, request, cancellationToken).ConfigureAwait(false);
            RpcValue value = Unwrap(answer, call);
            watch.Done();
            return value;
        }
        catch (OpenNebulaException e)
        {
            watch.Failed(e);
            throw;
        }
    }

    /// <summary>Makes calls that only read, many in one round trip.</summary>
    /// <param name="calls">The calls, as many as you like.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>What became of each call, in their order. One that the server refused has its error there.</returns>
    /// <exception cref="ArgumentException">A call does not only read: what happened to it would be unknown when the answer is lost.</exception>
    /// <exception cref="OpenNebulaTransportException">The calls did not reach the server, or no usable answer came back.</exception>
    public async Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calls);
        if (calls.FirstOrDefault(c => !c.IsRead) is { } change) throw new ArgumentException($"{change.Method} is not a call that only reads.", nameof(calls));
        foreach (OpenNebulaCall call in calls) RpcRequestWriter.CheckMethod(call.Method);
        var results = new List<OpenNebulaCallResult>(calls.Count);
        foreach (OpenNebulaCall[] batch in calls.Chunk(_options.MaxCallsPerBatch))
        {
            OpenNebulaCall multicall = Multicall.Wrap(batch, _credentials.Session);
            RpcValue answer = await CallAsync(multicall, cancellationToken).ConfigureAwait(false);
            results.AddRange(Multicall.Unwrap(answer, batch, _mask) ?? throw FailureOf(multicall).NotOpenNebula("the results do not fit the calls"));
        }

        return results;
    }

    /// <summary>Closes the connections to the server. Calls that run or wait end with an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _channel.Dispose();

    /// <summary>Who calls whom, without secrets.</summary>
    public override string ToString() => $"{_credentials.UserName} at {_options.Endpoint}";

    private async Task<RpcAnswer> SendAsync(OpenNebulaCall call, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        if (!call.IsRead || _options.ReadRetries == 0) return await SendOnceAsync(call, request, cancellationToken).ConfigureAwait(false);
        ResilienceContext context = ResilienceContextPool.Shared.Get(call.Method, cancellationToken);
        try
        {
            return await _retries.ExecuteAsync(
                static (context, state) => new ValueTask<RpcAnswer>(state.Connection.SendOnceAsync(state.Call, state.Request, context.CancellationToken)),
                context,
                (Connection: this, Call: call, Request: request)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<RpcAnswer> SendOnceAsync(OpenNebulaCall call, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        AnswerBody body = await _channel.SendAsync(call, request, cancellationToken).ConfigureAwait(false);
        OpenNebulaTelemetry.AnswerSize.Record(body.Length, new KeyValuePair<string, object?>("rpc.method", call.Method));
        try
        {
            return RpcAnswerReader.Read(body.Bytes, body.Length);
        }
        catch (OpenNebulaXmlException e)
        {
            throw FailureOf(call).NotXmlRpc(e);
        }
    }

    private RpcValue Unwrap(RpcAnswer answer, OpenNebulaCall call)
    {
        if (answer.Fault is { } fault) throw OpenNebulaAnswer.ErrorOf(fault, call, _mask);
        if (call.IsOfServer) return answer.Value;
        if (!OpenNebulaAnswer.TryUnwrap(answer.Value, call, _mask, out RpcValue value, out OpenNebulaCallException? error))
            throw FailureOf(call).NotOpenNebula("no result array");
        return error is null ? value : throw error;
    }

    private CallFailure FailureOf(OpenNebulaCall call) => new(_options.Endpoint, call);

    // A call that timed out is not sent again by itself: a server that is slow would get the more to do.
    private static bool MayPass(Exception? error) => error is OpenNebulaTransportException { IsRetrySafe: true, Code: not OpenNebulaErrorCodes.Timeout };

    private ResiliencePipeline NewRetries()
    {
        if (_options.ReadRetries == 0) return ResiliencePipeline.Empty;
        var retry = new RetryStrategyOptions
        {
            ShouldHandle = static arguments => ValueTask.FromResult(MayPass(arguments.Outcome.Exception)),
            MaxRetryAttempts = _options.ReadRetries,
            Delay = _options.RetryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = arguments =>
            {
                string method = arguments.Context.OperationKey ?? "";
                OpenNebulaTelemetry.Retries.Add(1, new KeyValuePair<string, object?>("rpc.method", method));
                string code = (arguments.Outcome.Exception as OpenNebulaException)?.Code ?? "";
                RpcLog.CallRetried(_logger, method, Endpoint, code, arguments.AttemptNumber + 1, arguments.RetryDelay);
                return ValueTask.CompletedTask;
            },
        };
        if (_options.Jitter is { } jitter) retry.Randomizer = jitter;
        return new ResiliencePipelineBuilder { TimeProvider = _time }.AddRetry(retry).Build();
    }
}
