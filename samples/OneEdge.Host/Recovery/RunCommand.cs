using System.CommandLine;
using System.Globalization;
using OneEdge.Host.Cli;
using OneEdge.Host.One;
using OneEdge.Host.Replica;
using OneEdge.Storage;
using OneEdge.Storage.Recovery;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Recovery;

/// <summary><c>oneedge recovery run</c>: the agent of a hypervisor.</summary>
internal static class RunCommand
{
    public static HostCommand Create(HostIo io)
    {
        Option<string> datastores = DirectoryOption.Datastores();
        Option<string?> store = DirectoryOption.Store();
        var sshrc = new SshrcOption();
        var once = new Option<bool>("--once") { Description = "Does what is due now and ends, as a probe or timer calls it." };
        Option<string?> qmp = DirectoryOption.Checked(new Option<string?>("--qmp")
        {
            Description = "Reach qemu without libvirt: the directory of the monitors of our own, ID.sock, and of guest agents, ID.agent.sock.",
            HelpName = "DIR",
        });
        var virsh = new Option<string>("--virsh") { Description = "The program virsh.", HelpName = "FILE", DefaultValueFactory = _ => "virsh" };
        var connect = new Option<string>("--connect")
        {
            Description = "The hypervisor that virsh connects to.",
            HelpName = "URI",
            DefaultValueFactory = _ => "qemu:///system",
        };
        var keep = new Option<int>("--keep") { Description = "How many generations of a disk stay.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Limits.Apply(keep, 1, 1000);
        var parallel = new Option<int>("--parallel") { Description = "How many machines at once.", HelpName = "N", DefaultValueFactory = _ => 2 };
        Limits.Apply(parallel, 1, 64);
        Option<double> cycle = PlanCommand.CycleOption();
        var command = new HostCommand(
            "run",
            "Takes the recovery snapshots of this hypervisor as they become due, until it is interrupted: then guests are brought back to their own images "
            + "first. A line, or a JSON object, for each thing that happens. With --once, exit code 1: some of what was due failed, 255: all of it.",
            "recovery run", "recovery run --once --json", "recovery run --qmp /run/oneedge/qmp --keep 2");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string location = DirectoryOption.Existing(parsed.GetValue(datastores)!, datastores.Name, "datastores");
            ReplicaOptions replica = await sshrc.ReadAsync(parsed, cancellationToken);
            var options = new RecoveryOptions
            {
                StoreDirectory = parsed.GetValue(store) ?? replica.RecoverySnapshotsDirectory,
                KeepGenerations = parsed.GetValue(keep),
                MaxParallel = parsed.GetValue(parallel),
                Ssh = sshrc.Ssh(parsed, replica.SshArguments),
                Schedule = new RecoveryScheduleOptions { Cycle = parsed.GetValue(once) ? TimeSpan.Zero : TimeSpan.FromSeconds(parsed.GetValue(cycle)) },
            };
            var local = new LocalHost(HostArgument.Local);
            IGuestDisks guests = parsed.GetValue(qmp) is { } directory ? Qmp(DirectoryOption.Existing(directory, qmp.Name, "monitors"))
                : new VirshGuestDisks(local, new VirshOptions { Program = parsed.GetValue(virsh)!, Connection = parsed.GetValue(connect)! });
            var run = new RecoveryRun(io, OutputOption.IsJson(parsed), new RecoveryProbe(location), guests, new RecoverySnapshots(guests, local, null, options), options);
            return parsed.GetValue(once) ? await run.OnceAsync(cancellationToken) : await run.ForeverAsync(cancellationToken);
        });
        return command.With(
            once, datastores, store, qmp, virsh, connect, keep, parallel, cycle, sshrc.File, sshrc.SshConfig, OutputOption.Create(), OutputOption.CreateShort());
    }

    private static QmpGuestDisks Qmp(string directory) => new(new QmpOptions
    {
        MonitorSocket = vm => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{vm}.sock")),
        GuestAgentSocket = vm => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{vm}.agent.sock")) is { } agent && File.Exists(agent)
            ? agent : null,
    });
}
