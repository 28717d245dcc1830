using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.Host.Disk;
using OneEdge.Host.One;
using OneEdge.Host.Replica;
using OneEdge.Storage.Recovery;

namespace OneEdge.Host.Recovery;

/// <summary><c>oneedge recovery list</c>: the snapshots that a replica keeps.</summary>
internal static class ListCommand
{
    public static HostCommand Create(HostIo io)
    {
        var vm = new Argument<int?>("VM") { Description = "Only one virtual machine.", Arity = ArgumentArity.ZeroOrOne };
        vm.Validators.Add(result => Limits.Check(result, "VM", 0, int.MaxValue));
        Option<string?> store = DirectoryOption.Store();
        var sshrc = new SshrcOption();
        var command = new HostCommand(
            "list",
            "Lists the snapshots on this replica, for each machine and disk the newest first, and opens every chain. Exit code 1: some cannot be used.",
            "recovery list", "recovery list 7 --json", "recovery list --sshrc /var/lib/one/remotes/etc/tm/ssh/sshrc");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string directory = parsed.GetValue(store) ?? (await sshrc.ReadAsync(parsed, cancellationToken)).RecoverySnapshotsDirectory;
            DirectoryOption.Existing(directory, store.Name, "recovery snapshots");
            IReadOnlyList<RecoveryChain> chains = await new RecoveryStore(directory).ListAsync(parsed.GetValue(vm), cancellationToken);
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            if (OutputOption.IsJson(parsed)) WriteJson(io, chains, now);
            else if (chains.Count == 0) io.Out.WriteLine("no snapshots");
            else new Screen(io).Table(
                ["VM", "DISK", "GENERATION", "TAKEN", "AGE", "SIZE", "VIRTUAL SIZE", "HEALTH"], chains.Select(chain => Row(chain, now)));
            return chains.Any(chain => chain.Problem is not null) ? ExitCode.Partly : ExitCode.Done;
        });
        return command.With(vm, store, sshrc.File, OutputOption.Create(), OutputOption.CreateShort());
    }

    private static string[] Row(RecoveryChain chain, DateTimeOffset now) =>
    [
        One.Text.Of(chain.VmId), One.Text.Of(chain.DiskId), chain.Generation is { } generation ? One.Text.Of(generation) : "-", RecoveryText.Stamp(chain.Taken),
        RecoveryText.Span(chain.Age(now)), Bytes.Text(chain.Size), chain.VirtualSize is { } size ? Bytes.Text(size) : "-", chain.Problem ?? "sound",
    ];

    private static void WriteJson(HostIo io, IReadOnlyList<RecoveryChain> chains, DateTimeOffset now) => JsonOutput.Write(io, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("snapshots");
        foreach (RecoveryChain chain in chains) RecoveryJson.WriteChain(json, chain, now);
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
