using System.CommandLine;
using System.Globalization;
using OneEdge.Host.Cli;
using OneEdge.Host.One;
using OneEdge.Host.Replica;
using OneEdge.Storage;
using OneEdge.Storage.Recovery;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Recovery;

/// <summary>The options of the agent: where disks and snapshots lie, how guests and the replica are reached, how much at once.</summary>
internal sealed class AgentArguments
{
    private readonly Option<string> _datastores = DirectoryOption.Datastores();
    private readonly Option<string?> _store = DirectoryOption.Store();
    private readonly SshrcOption _sshrc = new();
    private readonly Option<string?> _qmp = DirectoryOption.Checked(new Option<string?>("--qmp")
    {
        Description = "Reach qemu without libvirt: the directory of the monitors of our own, ID.sock, and of guest agents, ID.agent.sock.",
        HelpName = "DIR",
    });

    private readonly Option<string> _virsh = new("--virsh") { Description = "The program virsh.", HelpName = "FILE", DefaultValueFactory = _ => "virsh" };
    private readonly Option<string> _connect = new("--connect")
    {
        Description = "The hypervisor that virsh connects to.",
        HelpName = "URI",
        DefaultValueFactory = _ => "qemu:///system",
    };

    private readonly Option<int> _keep = new("--keep")
    {
        Description = "How many generations of a disk stay.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _parallel = new("--parallel") { Description = "How many machines at once.", HelpName = "N", DefaultValueFactory = _ => 2 };
    private readonly Option<double> _cycle = PlanCommand.CycleOption();

    public AgentArguments()
    {
        Limits.Apply(_keep, 1, 1000);
        Limits.Apply(_parallel, 1, 64);
    }

    /// <summary>Adds the options.</summary>
    public HostCommand AddTo(HostCommand command) => command.With(
        _datastores, _store, _qmp, _virsh, _connect, _keep, _parallel, _cycle, _sshrc.File, _sshrc.SshConfig, OutputOption.Create(),
        OutputOption.CreateShort());

    /// <summary>The agent.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="io">The outside.</param>
    /// <param name="isCycle">Whether the caller is the cycle.</param>
    /// <param name="cancellationToken">Stops reading the configuration.</param>
    /// <exception cref="HintException">A directory is missing.</exception>
    public async Task<RecoveryRun> OpenAsync(ParseResult parsed, HostIo io, bool isCycle, CancellationToken cancellationToken)
    {
        string location = DirectoryOption.Existing(parsed.GetValue(_datastores)!, _datastores.Name, "datastores");
        ReplicaOptions replica = await _sshrc.ReadAsync(parsed, cancellationToken);
        var options = new RecoveryOptions
        {
            StoreDirectory = parsed.GetValue(_store) ?? replica.RecoverySnapshotsDirectory,
            KeepGenerations = parsed.GetValue(_keep),
            MaxParallel = parsed.GetValue(_parallel),
            Ssh = _sshrc.Ssh(parsed, replica.SshArguments),
            Schedule = new RecoveryScheduleOptions { Cycle = isCycle ? TimeSpan.Zero : TimeSpan.FromSeconds(parsed.GetValue(_cycle)) },
        };
        var local = new LocalHost(HostArgument.Local);
        IGuestDisks guests = parsed.GetValue(_qmp) is { } directory ? Qmp(DirectoryOption.Existing(directory, _qmp.Name, "monitors"))
            : new VirshGuestDisks(local, new VirshOptions { Program = parsed.GetValue(_virsh)!, Connection = parsed.GetValue(_connect)! });
        var snapshots = new RecoverySnapshots(guests, local, null, options);
        return new RecoveryRun(io, OutputOption.IsJson(parsed), new RecoveryProbe(location), guests, snapshots, options);
    }

    private static QmpGuestDisks Qmp(string directory) => new(new QmpOptions
    {
        MonitorSocket = vm => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{vm}.sock")),
        GuestAgentSocket = vm => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{vm}.agent.sock")) is { } agent && File.Exists(agent)
            ? agent : null,
    });
}
