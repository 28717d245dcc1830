using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>What can be done to a virtual machine.</summary>
internal static class MachineCommands
{
    public static IEnumerable<HostCommand> Create(HostIo io)
    {
        yield return Act(io, "terminate", "Ends a virtual machine for good.", true, (vms, id, hard, ct) => vms.TerminateAsync(id, hard, ct));
        yield return Act(
            io, "poweroff", "Shuts a virtual machine down; its disks stay on the host.", true, (vms, id, hard, ct) => vms.PowerOffAsync(id, hard, ct));
        yield return Act(
            io, "undeploy", "Shuts a virtual machine down and saves its disks away.", true, (vms, id, hard, ct) => vms.UndeployAsync(id, hard, ct));
        yield return Act(io, "reboot", "Restarts what runs in a virtual machine.", true, (vms, id, hard, ct) => vms.RebootAsync(id, hard, ct));
        yield return Act(
            io, "resume", "Starts a virtual machine that is off, suspended, stopped or undeployed.", false, (vms, id, _, ct) => vms.ResumeAsync(id, ct));
        yield return Act(io, "suspend", "Saves the memory of a virtual machine on its host.", false, (vms, id, _, ct) => vms.SuspendAsync(id, ct));
        yield return Act(io, "stop", "Saves memory and disks of a virtual machine away from its host.", false, (vms, id, _, ct) => vms.StopAsync(id, ct));
        yield return Act(io, "hold", "Keeps a virtual machine from being scheduled.", false, (vms, id, _, ct) => vms.HoldAsync(id, ct));
        yield return Act(io, "release", "Lets a held virtual machine be scheduled.", false, (vms, id, _, ct) => vms.ReleaseAsync(id, ct));
        yield return Wait(io);
    }

    private static HostCommand Act(
        HostIo io, string name, string description, bool hasHard, Func<VirtualMachineClient, int, bool, CancellationToken, Task> act)
    {
        var cloud = new CloudOptions();
        Argument<int> id = IdArgument.Create();
        var hard = new Option<bool>("--hard") { Description = "Without a clean shut down." };
        var command = new HostCommand(name, description, $"one vm {name} 4");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OpenCloud open = await cloud.OpenAsync(parsed, io, cancellationToken);
            await act(open.Client.VirtualMachines, parsed.GetRequiredValue(id), hasHard && parsed.GetValue(hard), cancellationToken);
            return ExitCode.Done;
        });
        command.Add(id);
        if (hasHard) command.Add(hard);
        return cloud.AddTo(command, hasResult: false);
    }

    private static HostCommand Wait(HostIo io)
    {
        var cloud = new CloudOptions();
        Argument<int> id = IdArgument.Create();
        var state = new Argument<string>("STATE") { Description = "A state, or a state of the life-cycle manager: running, poweroff, done..." };
        state.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !IsState(text)) result.AddError($"There is no state '{text}'.");
        });
        var timeout = new Option<int>("--timeout")
        {
            Description = "How many seconds to wait at most.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 600,
        };
        Limits.Apply(timeout, 1, int.MaxValue / 1000);
        var command = new HostCommand(
            "wait", "Waits until a virtual machine is in a state; ends at once when it can no longer come to it.", "one vm wait 4 running");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OpenCloud open = await cloud.OpenAsync(parsed, io, cancellationToken);
            var options = new WaitOptions { Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)) };
            VirtualMachine machine = await WaitAsync(
                open.Client.VirtualMachines, parsed.GetRequiredValue(id), parsed.GetRequiredValue(state), options, cancellationToken);
            if (OutputOption.IsJson(parsed)) JsonOutput.Write(io, json => XmlJson.WriteDocument(json, "VM", machine.Xml));
            else io.Out.WriteLine($"{machine}: {MachineKinds.StateOf(machine)}");
            return ExitCode.Done;
        });
        return cloud.AddTo(command.With(id, state, timeout));
    }

    private static Task<VirtualMachine> WaitAsync(
        VirtualMachineClient machines, int id, string state, WaitOptions options, CancellationToken cancellationToken) =>
        Enum.TryParse(state, ignoreCase: true, out VmState whole)
            ? machines.WaitForStateAsync(id, whole, options, cancellationToken)
            : machines.WaitForStateAsync(id, Enum.Parse<LcmState>(state, ignoreCase: true), options, cancellationToken);

    private static bool IsState(string text) =>
        Enum.GetNames<VmState>().Contains(text, StringComparer.OrdinalIgnoreCase) || Enum.GetNames<LcmState>().Contains(text, StringComparer.OrdinalIgnoreCase);
}
