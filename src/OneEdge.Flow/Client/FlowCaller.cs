using System.Text.Json;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace OneEdge.Flow.Client;

/// <summary>Makes calls and reads their answers; sends those that only read again; tells logs and traces.</summary>
internal sealed class FlowCaller : IDisposable
{
    private readonly SecretMask _mask;
    private readonly ResiliencePipeline _retries;
    private readonly ILogger _logger;

    public FlowCaller(OneFlowCredentials credentials, OneFlowClientOptions options, TimeProvider time, ILogger logger, HttpMessageHandler? handler)
    {
        (Options, Time, _logger) = (options, time, logger);
        _mask = new SecretMask(credentials);
        Channel = new FlowChannel(credentials, options, time, handler);
        _retries = NewRetries();
    }

    public OneFlowClientOptions Options { get; }

    public TimeProvider Time { get; }

    public ILogger Logger => _logger;

    public FlowChannel Channel { get; }

    /// <summary>Makes a call that has no result.</summary>
    public Task SendAsync(FlowRequest request, CancellationToken cancellationToken) => CallAsync(request, static (_, _) => true, cancellationToken);

    /// <summary>Makes a call that answers with a document.</summary>
    public Task<DocumentAnswer> ReadOneAsync(FlowRequest request, CancellationToken cancellationToken) =>
        CallAsync(request, (answer, failure) => Decoded(answer, failure, DocumentAnswer.ReadOne), cancellationToken);

    /// <summary>Makes a call that answers with documents.</summary>
    public Task<IReadOnlyList<DocumentAnswer>> ReadPoolAsync(FlowRequest request, CancellationToken cancellationToken) =>
        CallAsync(request, (answer, failure) => Decoded(answer, failure, DocumentAnswer.ReadPool), cancellationToken);

    /// <summary>The error of an answer that is no success.</summary>
    public OneFlowException ErrorOf(FlowRequest request, FlowAnswer answer) => Refusals.ErrorOf(request, answer, FailureOf(request), _mask);

    public void Dispose() => Channel.Dispose();

    private static T Decoded<T>(FlowAnswer answer, CallFailure failure, Func<JsonElement, T> read)
    {
        if (answer.IsPage) throw failure.NotOneFlow("it is a page for people", answer.Status);
        try
        {
            return read(DocumentAnswer.Parse(answer.Body));
        }
        catch (FormatException error)
        {
            throw failure.NotOneFlow(error.Message, answer.Status);
        }
    }

    private async Task<T> CallAsync<T>(FlowRequest request, Func<FlowAnswer, CallFailure, T> decode, CancellationToken cancellationToken)
    {
        using var watch = new CallWatch(request, Options.Endpoint, Time, _logger);
        try
        {
            FlowAnswer answer = await ExchangeAsync(request, cancellationToken).ConfigureAwait(false);
            T result = decode(answer, FailureOf(request));
            watch.Done();
            return result;
        }
        catch (OneFlowException error)
        {
            watch.Failed(error);
            throw;
        }
    }

    private async Task<FlowAnswer> ExchangeAsync(FlowRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsRead || Options.ReadRetries == 0) return await ExchangeOnceAsync(request, cancellationToken).ConfigureAwait(false);
        ResilienceContext context = ResilienceContextPool.Shared.Get(request.ToString(), cancellationToken);
        try
        {
            return await _retries.ExecuteAsync(
                static (context, state) => new ValueTask<FlowAnswer>(state.Caller.ExchangeOnceAsync(state.Request, context.CancellationToken)),
                context,
                (Caller: this, Request: request)).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<FlowAnswer> ExchangeOnceAsync(FlowRequest request, CancellationToken cancellationToken)
    {
        FlowAnswer answer = await Channel.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess) throw ErrorOf(request, answer);
        bool isIgnored = request.IsTemplateAction && answer is { Status: 200, Body.Length: 0 };
        return isIgnored ? throw new OneFlowRefusedException(request, OneFlowRefusal.Ignored, answer.Status, "") : answer;
    }

    private CallFailure FailureOf(FlowRequest request) => new(Options.Endpoint, request);

    // A call that timed out is not sent again by itself: a server that is slow would get the more to do.
    private static bool MayPass(Exception? error) => error is OneFlowTransportException { IsRetrySafe: true, Code: not FlowErrorCodes.ClientTimeout };

    private ResiliencePipeline NewRetries()
    {
        if (Options.ReadRetries == 0) return ResiliencePipeline.Empty;
        var retry = new RetryStrategyOptions
        {
            ShouldHandle = static arguments => ValueTask.FromResult(MayPass(arguments.Outcome.Exception)),
            MaxRetryAttempts = Options.ReadRetries,
            Delay = Options.RetryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = arguments =>
            {
                string code = (arguments.Outcome.Exception as FlowException)?.Code ?? "";
                ClientLog.CallRetried(
                    _logger, arguments.Context.OperationKey ?? "", Options.Endpoint, code, arguments.AttemptNumber + 1, arguments.RetryDelay);
                return ValueTask.CompletedTask;
            },
        };
        if (Options.Jitter is { } jitter) retry.Randomizer = jitter;
        return new ResiliencePipelineBuilder { TimeProvider = Time }.AddRetry(retry).Build();
    }
}
