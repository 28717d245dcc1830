using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OneEdge.Flow;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary>A OneFlow server at work: Kestrel, the engine and the cloud, from the beginning to the end.</summary>
internal sealed class ServeRun : IAsyncDisposable
{
    // Streams of events go on; whoever reads them comes again when it is there again.
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HostIo _io;
    private readonly ServeSettings _settings;
    private readonly ListenAddress _listen;
    private readonly bool _isJson;
    private readonly WebApplication _app;

    public ServeRun(HostIo io, ServeSettings settings, ListenAddress listen, bool isVerbose, bool isJson)
    {
        (_io, _settings, _listen, _isJson) = (io, settings, listen, isJson);

        // Nothing of the surroundings changes it: no variables, no appsettings.json of the directory that it was started in.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "oneedge" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(listen.Address, listen.Port));
        builder.Logging.AddProvider(new ErrorLog(io, isVerbose ? LogLevel.Information : LogLevel.Warning));
        builder.Services.AddSingleton(settings.Time);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTime);
        settings.Register(builder.Services);
        builder.Services.AddOneEdgeFlow(settings.Engine).AddOneFlowServer(settings.Server);
        _app = builder.Build();
        _app.MapOneFlow();
    }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
            Task engine = _app.Services.GetRequiredService<FlowEngine>().StartAsync(cancellationToken);
            if (!await BeginsAsync(engine, cancellationToken)) await TellWhyAsync();
            await TellAsync();
            await engine;
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It was told to end, which is how it ends.
        }

        await _app.StopAsync(CancellationToken.None);
        return ExitCode.Done;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _settings.Dispose();
    }

    // Who reads the address may use it: services are served by then, unless something keeps the engine waiting.
    private static async Task<bool> BeginsAsync(Task engine, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bool begins = await Task.WhenAny(engine, Task.Delay(Patience, ends.Token)) == engine;
        await ends.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return begins;
    }

    private Task TellWhyAsync() => _io.Error.WriteLineAsync(
        "oneedge: services are not served yet: another engine works on them, or died a moment ago, or the cloud does not answer; this one waits");

    private async Task TellAsync()
    {
        string address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        if (_isJson) _io.Out.WriteLine(JsonLine.Of(json => json.WriteString("address", address)));
        else _io.Out.WriteLine($"OneFlow at {address}");
        await _io.Out.FlushAsync();
        if (_settings.Note is { } note) await _io.Error.WriteLineAsync($"oneedge: {note} ONEFLOW_URL={address}");
        if (!_listen.IsLoopback)
            await _io.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"oneedge: credentials come unencrypted to {address}"));
    }

    /// <summary>The program looks after signals itself.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
