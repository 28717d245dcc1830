using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.Host.Disk;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Replica;

/// <summary><c>oneedge replica evict</c>: makes room in a cache.</summary>
internal static class EvictCommand
{
    public static HostCommand Create(HostIo io)
    {
        Argument<string> host = HostArgument.Create("The replica, or local.");
        Argument<string[]> names = ImageNames.Create(
            "The images to remove: datastore and name, or path. Without any, those used longest ago until the size is reached.", ArgumentArity.ZeroOrMore);
        var size = new Option<string?>("--to-size")
        {
            Description = "How large each datastore of the cache may be afterwards; without it the configured size.",
            HelpName = "SIZE",
        };
        size.AddValidator();
        var datastore = new Option<int?>("--datastore") { Description = "Only one image datastore.", HelpName = "ID" };
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Only says what would go and what would stay; touches nothing." };
        var cache = new CacheArguments();
        var command = new HostCommand(
            "evict",
            "Removes images from a cache, those used longest ago first, but none that is read, copied or used by a disk. "
            + "Exit code 1: something that was asked for stays, or the size is not reached.",
            "replica evict node1 --to-size 100G --dry-run", "replica evict node1", "replica evict node1 1/0a1b2c3d");
        command.Validators.Add(result =>
        {
            if (result.GetValue(names) is { Length: > 0 } && result.GetValue(size) is not null) result.AddError("Give images or --to-size, not both.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            (ReplicaImages images, ReplicaOptions options) = await cache.OpenAsync(parsed, parsed.GetRequiredValue(host), null, cancellationToken);
            ReplicaCacheStatus status = await images.GetStatusAsync(cancellationToken);
            long? bytes = parsed.GetValue(size) is { } text ? SizeArgument.Read(text) : null;
            string[] wanted = parsed.GetValue(names) ?? [];
            IReadOnlyList<ReplicaEvictionPlan> plans = wanted.Length > 0 ? Named(status, wanted, cache.Datastores(parsed))
                : [.. Chosen(status, parsed.GetValue(datastore)).Select(d => ReplicaEvictionPlan.ToSize(d, bytes ?? d.LimitBytes(options)))];
            var report = new EvictReport(io, OutputOption.IsJson(parsed), parsed.GetValue(dryRun), wanted.Length > 0);
            foreach (ReplicaEvictionPlan plan in plans)
                report.Add(plan, parsed.GetValue(dryRun) ? null : await images.EvictAsync(plan, cancellationToken));
            return report.End();
        });
        return cache.AddTo(command.With(host, names, size, datastore, dryRun));
    }

    private static IEnumerable<CachedDatastore> Chosen(ReplicaCacheStatus status, int? datastore)
    {
        if (datastore is not { } id) return status.Datastores;
        return status.Datastores.FirstOrDefault(d => d.Id == id) is { } found ? [found]
            : throw new HintException(HostErrorCodes.Usage, $"The cache of '{status.Host}' has no datastore {One.Text.Of(id)}.", Hint(status));
    }

    private static IReadOnlyList<ReplicaEvictionPlan> Named(ReplicaCacheStatus status, IReadOnlyList<string> names, string datastores)
    {
        List<(int Datastore, string Name)> images = [];
        foreach (string name in names)
        {
            if (ImageNames.InCache(name, datastores, status.Directory) is not { } image || status.Datastores.All(d => d.Id != image.Datastore))
                throw new HintException(HostErrorCodes.Usage, $"'{name}' is no image of the cache of '{status.Host}'.", Hint(status));
            images.Add(image);
        }

        return [.. images.GroupBy(image => image.Datastore)
            .Select(group => ReplicaEvictionPlan.Of(status.Datastores.First(d => d.Id == group.Key), group.Select(image => image.Name)))];
    }

    private static string Hint(ReplicaCacheStatus status) => status.Datastores.Count == 0 ? $"there is no cache in {status.Directory}"
        : $"it has the datastores {string.Join(", ", status.Datastores.Select(d => One.Text.Of(d.Id)))}; see: oneedge replica status {status.Host}";
}
