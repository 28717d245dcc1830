using System.Globalization;
using OneEdge.Commands;

namespace OneEdge.Storage.Replicas;

/// <summary>Copies disks and directories from host to host: prepare there, send from here, publish there.</summary>
internal sealed class DiskCopier(IRemoteHosts hosts)
{
    private static readonly TimeSpan DiscardLimit = TimeSpan.FromSeconds(20);

    /// <summary>One copy.</summary>
    /// <param name="Source">The file or directory.</param>
    /// <param name="Destination">Where it is to be.</param>
    /// <param name="Route">The way; <see langword="null"/> on the same host.</param>
    public sealed record Copy(HostPath Source, HostPath Destination, CopyRoute? Route)
    {
        public bool WithSnapshots { get; init; }

        public bool Sparse { get; init; } = true;

        public bool IsChain { get; init; }

        public bool IsTree { get; init; }

        /// <summary>What the content must be; <see langword="null"/> when only its completeness can be checked.</summary>
        public string? Digest { get; init; }
    }

    public async Task RunAsync(Copy copy, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        IRemoteHost destination = hosts.Get(copy.Destination.Host);
        CommandResult prepared = await destination.RunAsync(
            new HostScript("prepare-copy", CopyScripts.Prepare, copy.Destination.Path), cancellationToken).ConfigureAwait(false);
        // A name may end in line ends of its own.
        string directory = prepared.StandardOutput[..^1];
        bool isPublished = false;
        try
        {
            string inventory = await SendAsync(copy, directory, progress, cancellationToken).ConfigureAwait(false);
            await destination.RunAsync(Publication(copy, directory, inventory), cancellationToken).ConfigureAwait(false);
            isPublished = true;
        }
        catch (HostException e) when (e.ExitCode == ScriptParts.Corrupt)
        {
            throw new StorageException(
                StorageErrorCodes.TransferCorrupt, $"What arrived of {copy.Source} at {copy.Destination} is not what was to be sent.", e);
        }
        finally
        {
            if (!isPublished) await DiscardAsync(destination, directory).ConfigureAwait(false);
        }
    }

    private async Task<string> SendAsync(Copy copy, string directory, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        IRemoteHost source = hosts.Get(copy.Source.Host);
        bool isFetched = copy.Route is { IsFetched: true };
        IRemoteHost active = isFetched ? hosts.Get(copy.Destination.Host) : source;
        string? inventory = null;
        var meter = new CopyMeter("disk", progress);
        await foreach (
            CommandEvent item in active.ListenAsync(isFetched ? Fetching(copy, directory) : Sending(copy, directory), cancellationToken).ConfigureAwait(false))
        {
            if (item is not CommandOutputLine line) continue;
            if (line.Text.StartsWith("bytes ", StringComparison.Ordinal)
                && long.TryParse(line.Text.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)) meter.Report(bytes, null);
            inventory = CacheReply.TryGet(line.Text, "inventory") ?? inventory;
        }

        if (isFetched)
        {
            var list = new HostScript("list-copy", CopyScripts.List, copy.Source.Parent().Path, copy.Source.Name, Flag(copy.WithSnapshots));
            inventory = CacheReply.TryGet((await source.RunAsync(list, cancellationToken).ConfigureAwait(false)).StandardOutput.TrimEnd(), "inventory");
        }

        return inventory ?? throw new StorageException(StorageErrorCodes.TransferCorrupt, $"Host '{source.Name}' did not tell what it sent of {copy.Source}.");
    }

    private static HostScript Sending(Copy copy, string directory)
    {
        string parent = copy.Source.Parent().Path;
        (string snapshots, string sparse) = (Flag(copy.WithSnapshots), Flag(copy.Sparse));
        if (copy.Route is null) return new HostScript("copy", CopyScripts.Copy, parent, copy.Source.Name, snapshots, sparse, directory);
        string receive = Command("receive", CopyScripts.Receive, directory);
        return new HostScript("send", CopyScripts.Send,
            [parent, copy.Source.Name, snapshots, sparse, receive, copy.Route.Address, .. copy.Route.SshArguments])
        { ForwardsAgent = true };
    }

    private static HostScript Fetching(Copy copy, string directory)
    {
        string pack = Command("pack", CopyScripts.Pack, copy.Source.Parent().Path, copy.Source.Name, Flag(copy.WithSnapshots), Flag(copy.Sparse));
        return new HostScript("fetch", CopyScripts.Fetch, [directory, pack, copy.Route!.Address, .. copy.Route.SshArguments]) { ForwardsAgent = true };
    }

    /// <summary>A command for the shell behind the second connection.</summary>
    private static string Command(string name, string script, params IEnumerable<string> arguments) =>
        $"bash -c {ShellWord.Quote(script)} {name} {string.Join(' ', arguments.Select(ShellWord.Quote))}";

    private static HostScript Publication(Copy copy, string directory, string inventory) => copy.IsTree
        ? new HostScript("publish-directory", CopyScripts.PublishTree, directory, copy.Source.Name, copy.Destination.Path, inventory)
        : new HostScript(
            "publish-disk", CopyScripts.PublishDisk,
            directory, copy.Source.Name, copy.Destination.Path, inventory, copy.Digest ?? "", Flag(copy.WithSnapshots), Flag(copy.IsChain));

    private static string Flag(bool value) => value ? "1" : "";

    private static async Task DiscardAsync(IRemoteHost host, string directory)
    {
        try
        {
            await host.RunAsync(
                new HostScript("discard-copy", CopyScripts.Discard, directory) { Timeout = DiscardLimit }, CancellationToken.None).ConfigureAwait(false);
        }
        catch (HostException)
        {
            // The next copy to the same place removes it.
        }
    }
}
