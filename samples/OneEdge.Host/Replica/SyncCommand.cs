using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.Host.One;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Replica;

/// <summary><c>oneedge replica sync</c>: brings images to a cache before somebody waits for them.</summary>
internal static class SyncCommand
{
    public static HostCommand Create(HostIo io)
    {
        Argument<string[]> names = ImageNames.Create(
            "The images: datastore and name, or path; HOST: before it for an image of another host.", ArgumentArity.OneOrMore);
        var to = new Option<string>("--to") { Description = "The replica, or local.", HelpName = "HOST", Required = true };
        to.Validators.Add(HostArgument.Check);
        var address = new Option<string?>("--address")
        {
            Description = "The name or address by which the host of an image reaches the replica, when that is not HOST.",
            HelpName = "NAME",
        };
        address.Validators.Add(HostArgument.Check);
        var parallel = new Option<int>("--parallel") { Description = "How many images at once.", HelpName = "N", DefaultValueFactory = _ => 2 };
        Limits.Apply(parallel, 1, 64);
        var cache = new CacheArguments();
        var command = new HostCommand(
            "sync",
            "Brings images to a cache ahead of time. Whoever else wants them meanwhile, they are copied once; a copy that was cut is continued. "
            + "Exit code 1: not all of them, 255: none.",
            "replica sync 1/0a1b2c3d --to node1", "replica sync fe:/var/lib/one/datastores/1/0a1b2c3d 1/4e5f6a7b --to node1 --parallel 4 --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string host = parsed.GetRequiredValue(to);
            HostPath[] images = [.. parsed.GetRequiredValue(names).Select(name => ImageNames.PathOf(name, cache.Datastores(parsed))).Distinct()];
            string? reached = parsed.GetValue(address);
            if (host == HostArgument.Local && reached is null && images.FirstOrDefault(image => image.Host != host) is { } far)
                throw new HintException(
                    HostErrorCodes.Usage, $"Host '{far.Host}' does not know this host as '{host}'.", "say with --address how it reaches this host");
            (ReplicaImages target, _) = await cache.OpenAsync(parsed, host, options => options with { Address = reached }, cancellationToken);
            using var run = new SyncRun(io, OutputOption.IsJson(parsed), target, host);
            return await run.RunAsync(images, parsed.GetValue(parallel), cancellationToken);
        });
        return cache.AddTo(command.With(names, to, address, parallel));
    }
}
