using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.Host.One;
using OneEdge.Host.Replica;
using OneEdge.Storage;
using OneEdge.Storage.Recovery;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Recovery;

/// <summary><c>oneedge recovery restore</c>: brings a disk back.</summary>
internal static class RestoreCommand
{
    public static HostCommand Create(HostIo io)
    {
        Argument<int> vm = Id("VM", "The virtual machine."), disk = Id("DISK", "The disk.");
        var to = new Option<string>("--to")
        {
            Description = "The directory of the virtual machine, and before it the hypervisor that gets the disk, unless it is this host.",
            HelpName = "[HOST:]DIR",
            Required = true,
        };
        to.Validators.Add(CheckTarget);
        var address = new Option<string?>("--address") { Description = "The name or address by which this host reaches the hypervisor.", HelpName = "NAME" };
        address.Validators.Add(HostArgument.Check);
        var replace = new Option<bool>("--replace") { Description = "Replace a disk that is there already; asks on a terminal." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Don't ask." };
        var notBefore = new Option<DateTimeOffset?>("--not-before")
        {
            Description = "Pass over snapshots of an earlier moment, such as those of another machine of that number.",
            HelpName = "TIME",
        };
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Finds and verifies the snapshot and prints the plan; writes nothing." };
        Option<string?> store = DirectoryOption.Store();
        var sshrc = new SshrcOption();
        var command = new HostCommand(
            "restore",
            "Restores a disk from the newest snapshot on this replica that is complete: all of its bytes are read and compared before, and again where they "
            + "arrive. Nothing has the name of the disk until the end. After a failure the same command goes on.",
            "recovery restore 7 0 --to node2:/var/lib/one/datastores/100/7 --dry-run", "recovery restore 7 0 --to /var/lib/one/datastores/100/7 --replace");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ReplicaOptions replica = await sshrc.ReadAsync(parsed, cancellationToken);
            string directory = parsed.GetValue(store) ?? replica.RecoverySnapshotsDirectory;
            DirectoryOption.Existing(directory, store.Name, "recovery snapshots");
            HostPath place = HostPath.Parse(parsed.GetRequiredValue(to), HostArgument.Local);
            SshOptions ssh = sshrc.Ssh(parsed, replica.SshArguments);
            var target = new RestoreTarget(place.Host, place.Path) { Address = parsed.GetValue(address), ReplacesExisting = parsed.GetValue(replace), Ssh = ssh };
            RecoverySelection found = await new RecoveryStore(directory).FindAsync(
                parsed.GetRequiredValue(vm), parsed.GetRequiredValue(disk), parsed.GetValue(notBefore), cancellationToken);
            var run = new RestoreRun(io, OutputOption.IsJson(parsed), found, RecoveryRestore.Plan(found.Chain, HostArgument.Local, target));
            if (parsed.GetValue(dryRun)) return run.ShowPlan();
            if (target.ReplacesExisting && !parsed.GetValue(yes) && !run.Confirms()) return ExitCode.Failed;
            var hosts = new SshHosts(new LocalHost(HostArgument.Local), ssh);
            return await run.RunAsync(hosts.Get(HostArgument.Local), hosts.Get(place.Host), cancellationToken);
        });
        return command.With(
            vm, disk, to, address, replace, yes, notBefore, dryRun, store, sshrc.File, sshrc.SshConfig, OutputOption.Create(), OutputOption.CreateShort());
    }

    private static Argument<int> Id(string name, string description)
    {
        var id = new Argument<int>(name) { Description = description };
        id.Validators.Add(result => Limits.Check(result, name, 0, int.MaxValue));
        return id;
    }

    private static void CheckTarget(System.CommandLine.Parsing.SymbolResult result)
    {
        if (result.Tokens is not [{ Value: var text }]) return;
        try
        {
            HostPath.Parse(text, HostArgument.Local);
        }
        catch (StorageException e)
        {
            result.AddError($"--to is [HOST:]DIR: {e.Message}");
        }
    }
}
