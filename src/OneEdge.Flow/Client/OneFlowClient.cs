using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OneEdge.Flow.Client;

/// <summary>Calls a OneFlow server, ours or the original, for one user. Use one for many calls, from as many threads as you like.</summary>
public sealed class OneFlowClient : IOneFlowClient, IDisposable
{
    private readonly OneFlowCredentials _credentials;
    private readonly FlowCaller _caller;

    /// <summary>Creates a client; nothing is sent before the first call.</summary>
    /// <param name="credentials">Who calls.</param>
    /// <param name="options">How to call; they are not looked at again later.</param>
    /// <param name="time">The clock of time limits, retries and watching.</param>
    /// <param name="logger">Gets a line for each call, without what is sent.</param>
    /// <param name="handler">Sends the requests, for example with a certificate or a proxy of your own; it is not disposed of.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public OneFlowClient(
        OneFlowCredentials credentials,
        OneFlowClientOptions? options = null,
        TimeProvider? time = null,
        ILogger<OneFlowClient>? logger = null,
        HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        _credentials = credentials;
        _caller = new FlowCaller(
            credentials, OneFlowClientOptions.Checked(options), time ?? TimeProvider.System, (ILogger?)logger ?? NullLogger.Instance, handler);
        Services = new ServiceCalls(_caller);
        Templates = new TemplateCalls(_caller);
    }

    /// <summary>The address of the server.</summary>
    public OneFlowEndpoint Endpoint => _caller.Options.Endpoint;

    /// <inheritdoc/>
    public IOneFlowServices Services { get; }

    /// <inheritdoc/>
    public IOneFlowTemplates Templates { get; }

    /// <summary>
    /// Creates a client as the tools of OneFlow do: see <see cref="OneFlowEndpoint.ReadAsync"/> and <see cref="OneFlowCredentials.ReadAsync"/>.
    /// </summary>
    /// <param name="variable">Gives the value of a variable of the environment, for example <c>Environment.GetEnvironmentVariable</c>.</param>
    /// <param name="options">How to call; its address does not count.</param>
    /// <param name="time">The clock of time limits, retries and watching.</param>
    /// <param name="logger">Gets a line for each call, without what is sent.</param>
    /// <param name="cancellationToken">Cancels reading the files.</param>
    /// <exception cref="FlowException">There are no credentials, or they or the address cannot be used.</exception>
    public static async Task<OneFlowClient> FromVariablesAsync(
        Func<string, string?> variable,
        OneFlowClientOptions? options = null,
        TimeProvider? time = null,
        ILogger<OneFlowClient>? logger = null,
        CancellationToken cancellationToken = default)
    {
        OneFlowEndpoint endpoint = await OneFlowEndpoint.ReadAsync(variable, cancellationToken).ConfigureAwait(false);
        OneFlowCredentials credentials = await OneFlowCredentials.ReadAsync(variable, cancellationToken).ConfigureAwait(false);
        return new OneFlowClient(credentials, (options ?? new OneFlowClientOptions()).At(endpoint), time, logger);
    }

    /// <summary>Closes the connections to the server. Calls that run or wait end with an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => _caller.Dispose();

    /// <summary>Who calls whom, without secrets.</summary>
    public override string ToString() => $"{_credentials.UserName} at {Endpoint}";
}
