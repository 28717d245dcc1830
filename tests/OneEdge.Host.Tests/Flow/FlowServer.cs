using OneEdge.Host.Tests.Recovery;
using OneEdge.Testing;

namespace OneEdge.Host.Tests.Flow;

/// <summary><c>oneedge flow serve --embedded</c> in this process, on a port that the system chose.</summary>
public sealed class FlowServer : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private readonly WatchedOutput _output = new();
    private readonly StringWriter _error = new();
    private Task<int>? _run;

    /// <summary>Its address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What it said on standard error.</summary>
    public string Error => _error.ToString();

    /// <summary>The variables that name it and its user.</summary>
    internal (string Name, string Value)[] Variables =>
        [("ONEFLOW_URL", Address), ("ONEFLOW_USER", "oneadmin"), ("ONEFLOW_PASSWORD", "opennebula")];

    public ValueTask InitializeAsync() => StartAsync("--embedded", "--speed", "20");

    public async ValueTask StartAsync(params string[] options)
    {
        Task listens = _output.Seen("OneFlow at ");
        _run = HostProgram.RunAsync(["flow", "serve", "--listen", "0", .. options], new HostIo(TextReader.Null, _output, _error), _stop.Token);
        if (await Task.WhenAny(listens, _run).WaitAsync(HangLimit.Time) == _run) Assert.Fail($"It ended with {await _run}: {_output}{_error}");
        Address = _output.ToString().Trim()["OneFlow at ".Length..];
    }

    /// <summary>Ends it as SIGTERM does, and gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _run!.WaitAsync(HangLimit.Time);
    }

    public async ValueTask DisposeAsync()
    {
        if (_run is not null) await StopAsync();
        _stop.Dispose();
        await _output.DisposeAsync();
        await _error.DisposeAsync();
    }

    /// <summary>Runs a command against it.</summary>
    internal Task<HostRun> RunAsync(params string[] arguments) => HostRun.OfAsync(arguments, variables: Variables);

    /// <summary>Makes a service of the template that is there, waits until it runs, and gives its id.</summary>
    internal async Task<string> MakeAsync(string name)
    {
        HostRun made = (await RunAsync("flow", "template", "instantiate", "web", "--name", name, "--wait")).Exits(0);
        return made.Out.Trim();
    }
}
