using System.CommandLine;
using System.Globalization;
using OneEdge.Host.Cli;
using OneEdge.Host.Disk;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Replica;

/// <summary><c>oneedge replica status</c>: what a cache holds.</summary>
internal static class StatusCommand
{
    public static HostCommand Create(HostIo io)
    {
        Argument<string> host = HostArgument.Create("The replica, or local.");
        var cache = new CacheArguments();
        var command = new HostCommand(
            "status", "Shows the images of a cache with their sizes, last use and readers, and how much of the configured size is used. Changes nothing.",
            "replica status node1", "replica status node1 --sshrc /var/lib/one/remotes/etc/tm/ssh/sshrc --json", "replica status local");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            (ReplicaImages images, ReplicaOptions options) = await cache.OpenAsync(parsed, parsed.GetRequiredValue(host), null, cancellationToken);
            ReplicaCacheStatus status = await images.GetStatusAsync(cancellationToken);
            if (OutputOption.IsJson(parsed)) StatusJson.Write(io, status, options);
            else Show(new Screen(io), status, options);
            return ExitCode.Done;
        });
        return cache.AddTo(command.With(host));
    }

    private static void Show(Screen screen, ReplicaCacheStatus status, ReplicaOptions options)
    {
        if (status.Datastores.Count == 0) screen.Line($"no cache in {status.Directory} on {status.Host}");
        foreach (CachedDatastore datastore in status.Datastores)
        {
            screen.Heading(Summary(datastore, options));
            if (datastore.Images.Count > 0) screen.Table(["IMAGE", "SIZE", "LAST USE", "CONTENT", "KEPT BECAUSE"], datastore.Images.Select(Row));
            foreach (UnfinishedCopy copy in datastore.Unfinished)
            {
                string state = copy.IsBeingCopied ? "going on" : "to be continued";
                screen.Line($"unfinished copy of {ImageText.Name(copy.DatastoreId, copy.Name)}: {Bytes.Text(copy.Bytes)}, {state}");
            }
        }
    }

    private static string Summary(CachedDatastore datastore, ReplicaOptions options)
    {
        long limit = datastore.LimitBytes(options);
        string percent = limit > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({100.0 * datastore.UsedBytes / limit:0.#} %)") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"datastore {datastore.Id}: {datastore.Images.Count} images, {Bytes.Text(datastore.UsedBytes)} of {Bytes.Text(limit)}{percent}");
    }

    private static string[] Row(CachedImage image) =>
    [
        ImageText.Name(image), Bytes.Text(image.Bytes), ImageText.Time(image.LastUse), ImageText.Validity(image.Validity),
        image.Leases > 0 ? string.Create(CultureInfo.InvariantCulture, $"it is being read ({image.Leases})") : ImageText.Use(image.Use),
    ];
}
