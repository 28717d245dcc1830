using System.Globalization;
using System.Net.Sockets;
using OneEdge.OpenNebula.ZeroMq;

[assembly: AssemblyFixture(typeof(OneEdge.OpenNebula.Contract.Tests.RealCloudUnderTest))]

namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>
/// A cloud elsewhere: <c>ONE_XMLRPC</c> is its address, <c>ONE_AUTH</c> the file with the credentials of an administrator, <c>ONE_ZMQ</c> the address of
/// its events.
/// With <c>ONE_DUMMY_ACTIONS</c>, the directory where the hypervisor driver <c>dummy</c> of that cloud looks for the results of its actions, failures are
/// tested as well.
/// </summary>
public sealed class RealCloudUnderTest : CloudUnderTest
{
    private const string EventsVariable = "ONE_ZMQ";
    private const string ActionsVariable = "ONE_DUMMY_ACTIONS";

    private readonly List<OpenNebulaConnection> _connections = [];
    private readonly Lock _gate = new();
    private OpenNebulaConnection? _administrator;
    private OpenNebulaCredentials? _credentials;
    private IEventSource? _events;

    public override string? SkipReason =>
        Variable(OpenNebulaEndpoint.Variable) is null || Variable(OpenNebulaCredentials.FileVariable) is null
            ? $"There is no real cloud: {OpenNebulaEndpoint.Variable} and {OpenNebulaCredentials.FileVariable} are not set." : null;

    public override IOpenNebulaRpc Rpc => _administrator ?? throw new InvalidOperationException(SkipReason);

    public override string Administrator => _credentials?.UserName ?? throw new InvalidOperationException(SkipReason);

    public override IEventSource Events => _events ?? throw new InvalidOperationException(SkipReason);

    public override bool TellsEverything => _events is ZeroMqEventSource;

    public override string? CannotFailReason => Variable(ActionsVariable) is null ? $"{ActionsVariable} is not set." : null;

    public override IOpenNebulaRpc Connect(OpenNebulaCredentials credentials)
    {
        var connection = new OpenNebulaConnection(credentials, Options);
        lock (_gate) _connections.Add(connection);
        return connection;
    }

    public override IDisposable FailBoots() => new FailingAction(Path.Combine(Variable(ActionsVariable)!, "deploy"));

    public override async ValueTask InitializeAsync()
    {
        if (SkipReason is not null) return;
        _credentials = await OpenNebulaCredentials.ReadAsync(Variable, TestContext.Current.CancellationToken);
        _administrator = new OpenNebulaConnection(_credentials, Options);
        _connections.Add(_administrator);
        _events = await EventsAsync(_administrator);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        (_events as IDisposable)?.Dispose();
        foreach (OpenNebulaConnection connection in _connections) connection.Dispose();
    }

    private static OpenNebulaConnectionOptions Options => new() { Endpoint = OpenNebulaEndpoint.FromVariables(Variable) };

    private static async Task<IEventSource> EventsAsync(IOpenNebulaRpc rpc)
    {
        var options = new ZeroMqEventSourceOptions();
        string? given = Variable(EventsVariable);
        if (given is not null) options = options with { Endpoint = given };
        return given is not null || await IsOpenAsync(options.Endpoint)
            ? new ZeroMqEventSource(options)
            : new PollingEventSource(rpc, new PollingEventSourceOptions { Interval = TimeSpan.FromSeconds(0.5) });
    }

    private static async Task<bool> IsOpenAsync(string endpoint)
    {
        string[] parts = endpoint.Replace("tcp://", "", StringComparison.Ordinal).Split(':');
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private sealed class FailingAction : IDisposable
    {
        private readonly string _file;

        public FailingAction(string file)
        {
            File.WriteAllText(file, "failure\n");
            _file = file;
        }

        public void Dispose() => File.Delete(_file);
    }
}
