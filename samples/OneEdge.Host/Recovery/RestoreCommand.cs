using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.Host.One;
using OneEdge.Host.Replica;
using OneEdge.Storage;
using OneEdge.Storage.Recovery;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Recovery;

/// <summary><c>oneedge recovery restore</c>: brings a disk back.</summary>
internal sealed class RestoreCommand
{
    private readonly Argument<int> _vm = Id("VM", "The virtual machine.");
    private readonly Argument<int> _disk = Id("DISK", "The disk.");
    private readonly Option<string> _to = new("--to")
    {
        Description = "The directory of the virtual machine, and before it the hypervisor that gets the disk, unless it is this host.",
        HelpName = "[HOST:]DIR",
        Required = true,
    };

    private readonly Option<string?> _address = new("--address")
    {
        Description = "The name or address by which this host reaches the hypervisor.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _replace = new("--replace") { Description = "Replace a disk that is there already; asks on a terminal." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Don't ask." };
    private readonly Option<DateTimeOffset?> _notBefore = new("--not-before")
    {
        Description = "Pass over snapshots of an earlier moment, such as those of another machine of that number.",
        HelpName = "TIME",
    };

    private readonly Option<bool> _dryRun = new("--dry-run", "-n")
    {
        Description = "Finds and verifies the snapshot and prints the plan; writes nothing.",
    };

    private readonly Option<string?> _store = DirectoryOption.Store();
    private readonly SshrcOption _sshrc = new();

    private RestoreCommand()
    {
        _to.Validators.Add(CheckTarget);
        _address.Validators.Add(HostArgument.Check);
    }

    public static HostCommand Create(HostIo io)
    {
        var arguments = new RestoreCommand();
        var command = new HostCommand(
            "restore",
            "Restores a disk from the newest snapshot on this replica that is complete: all of its bytes are read and compared before, and again where they "
            + "arrive. Nothing has the name of the disk until the end. After a failure the same command goes on.",
            "recovery restore 7 0 --to node2:/var/lib/one/datastores/100/7 --dry-run", "recovery restore 7 0 --to /var/lib/one/datastores/100/7 --replace");
        command.SetAction((parsed, cancellationToken) => arguments.RunAsync(parsed, io, cancellationToken));
        return command.With(
            arguments._vm, arguments._disk, arguments._to, arguments._address, arguments._replace, arguments._yes, arguments._notBefore, arguments._dryRun,
            arguments._store, arguments._sshrc.File, arguments._sshrc.SshConfig, OutputOption.Create(), OutputOption.CreateShort());
    }

    private async Task<int> RunAsync(ParseResult parsed, HostIo io, CancellationToken cancellationToken)
    {
        ReplicaOptions replica = await _sshrc.ReadAsync(parsed, cancellationToken);
        string directory = parsed.GetValue(_store) ?? replica.RecoverySnapshotsDirectory;
        DirectoryOption.Existing(directory, _store.Name, "recovery snapshots");
        HostPath place = HostPath.Parse(parsed.GetRequiredValue(_to), HostArgument.Local);
        SshOptions ssh = _sshrc.Ssh(parsed, replica.SshArguments);
        var target = new RestoreTarget(place.Host, place.Path) { Address = parsed.GetValue(_address), ReplacesExisting = parsed.GetValue(_replace), Ssh = ssh };
        RecoverySelection found = await new RecoveryStore(directory).FindAsync(
            parsed.GetRequiredValue(_vm), parsed.GetRequiredValue(_disk), parsed.GetValue(_notBefore), cancellationToken);
        var run = new RestoreRun(io, OutputOption.IsJson(parsed), found, RecoveryRestore.Plan(found.Chain, HostArgument.Local, target));
        if (parsed.GetValue(_dryRun)) return run.ShowPlan();
        if (target.ReplacesExisting && !parsed.GetValue(_yes) && !run.Confirms()) return ExitCode.Failed;
        var hosts = new SshHosts(new LocalHost(HostArgument.Local), ssh);
        return await run.RunAsync(hosts.Get(HostArgument.Local), hosts.Get(place.Host), cancellationToken);
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
