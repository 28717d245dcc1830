using System.Globalization;
using System.Net.Sockets;
using OneEdge.OpenNebula;
using OneEdge.OpenNebula.ZeroMq;

namespace OneEdge.Host.Flow;

/// <summary>How a server hears of what happens in a cloud: from its ZeroMQ port, or by asking.</summary>
/// <param name="Address">The address of the port; <see langword="null"/> to ask.</param>
/// <param name="Note">What is to be told of that; <see langword="null"/> for nothing.</param>
internal sealed record CloudEvents(string? Address, string? Note = null)
{
    /// <summary>The variable with the address of the port.</summary>
    public const string Variable = "ONE_ZMQ";

    /// <summary>The port of OpenNebula's hook manager.</summary>
    public const int Port = 2101;

    /// <summary>The word for no port.</summary>
    public const string None = "none";

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The port that was named, or that of the cloud's host where something listens.</summary>
    /// <param name="named">What the option says; <see langword="null"/> for nothing.</param>
    /// <param name="variable">The variables.</param>
    /// <param name="port">The port of the cloud's host: <see cref="Port"/>, unless it is a test.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public static async Task<CloudEvents> FindAsync(
        string? named, Func<string, string?> variable, int port, CancellationToken cancellationToken)
    {
        named ??= variable(Variable);
        if (named == None) return new CloudEvents(Address: null);
        if (named is { Length: > 0 }) return new CloudEvents(named.Contains("://", StringComparison.Ordinal) ? named : $"tcp://{named}");
        string host = OpenNebulaEndpoint.FromVariables(variable).Uri.Host;
        string address = string.Create(CultureInfo.InvariantCulture, $"tcp://{host}:{port}");
        if (await IsOpenAsync(host, port, cancellationToken)) return new CloudEvents(address);
        return new CloudEvents(
            Address: null,
            $"nothing answers at {address}, where clouds tell of events: this one is asked every {PollInterval.TotalSeconds:0} s instead (see --events)");
    }

    public IEventSource Open(IOpenNebulaRpc rpc) => Address is { } address
        ? new ZeroMqEventSource(new ZeroMqEventSourceOptions { Endpoint = address })
        : new PollingEventSource(rpc, new PollingEventSourceOptions { Interval = PollInterval });

    private static async Task<bool> IsOpenAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var socket = new TcpClient();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(Patience);
        try
        {
            await socket.ConnectAsync(host.Trim('[', ']'), port, enough.Token);
            return true;
        }
        catch (Exception error) when (error is SocketException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
