using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.Host.One;

namespace OneEdge.Host.Flow;

/// <summary><c>oneedge flow serve</c>: a OneFlow server.</summary>
internal static class ServeCommand
{
    private const double Slowest = 0.001;
    private const double Fastest = 10_000;

    public static HostCommand Create(HostIo io)
    {
        var listen = new Option<string>("--listen")
        {
            Description = "Where it listens: an address, a port, or both; port 0 for one that is free. Credentials come unencrypted: put a proxy with TLS "
                + "before any address but that of this machine.",
            HelpName = "ADDRESS",
            DefaultValueFactory = _ => ListenAddress.Default,
        };
        listen.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !ListenAddress.TryParse(text, out _))
                result.AddError($"--listen is an address and a port, such as 127.0.0.1:2474, not '{text}'.");
        });
        var cloud = new CloudOptions();
        var serverAuth = new Option<string?>("--server-auth")
        {
            Description = "The file with the user and the password of the server, such as /var/lib/one/.one/oneflow_auth: with it the server acts as the "
                + "owners of services; without it, it serves those of its own user only.",
            HelpName = "FILE",
        };
        var events = new Option<string?>("--events")
        {
            Description = $"The ZeroMQ port where the cloud tells of events, or {CloudEvents.None} to ask it every 2 seconds; else {CloudEvents.Variable}, else port "
                + "2101 of the cloud's host when something listens there.",
            HelpName = "ADDRESS",
        };
        var speed = new Option<double>("--speed")
        {
            Description = "With --embedded: how many times faster than usual its time goes by.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        Limits.Apply(speed, Slowest, Fastest);
        var verbose = new Option<bool>("--verbose") { Description = "Tells of every change of a service on standard error, not only of what goes wrong." };
        var command = new HostCommand(
            "serve",
            "Serves as OneFlow does, with the same paths and documents, until it is interrupted: runs the services of a cloud, or of a small one inside of "
            + "this process. Prints its address when it listens.",
            "flow serve --embedded", "flow serve --embedded --speed 60 --listen 0", "flow serve --server-auth /var/lib/one/.one/oneflow_auth");
        command.Validators.Add(result =>
        {
            bool isGiven = result.GetResult(speed) is { Implicit: false };
            if (isGiven && !result.GetValue(cloud.Embedded)) result.AddError("--speed needs --embedded.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            _ = ListenAddress.TryParse(parsed.GetRequiredValue(listen), out ListenAddress address);
            ServeSettings settings = parsed.GetValue(cloud.Embedded)
                ? await ServeSettings.EmbeddedAsync(parsed.GetValue(speed), cancellationToken)
                : await RealAsync(io, cloud.VariablesOf(parsed, io), parsed.GetValue(serverAuth), parsed.GetValue(events), cancellationToken);
            await using var run = new ServeRun(io, settings, address, parsed.GetValue(verbose), OutputOption.IsJson(parsed));
            return await run.RunAsync(cancellationToken);
        });
        return cloud.AddTo(command.With(listen, serverAuth, events, speed, verbose));
    }

    private static async Task<ServeSettings> RealAsync(
        HostIo io, Func<string, string?> variable, string? serverAuth, string? events, CancellationToken cancellationToken)
    {
        CloudEvents found = await CloudEvents.FindAsync(events, variable, CloudEvents.Port, cancellationToken);
        if (found.Note is { } note) await io.Error.WriteLineAsync($"oneedge: {note}");
        return await ServeSettings.OfAsync(variable, serverAuth, found, cancellationToken);
    }
}
