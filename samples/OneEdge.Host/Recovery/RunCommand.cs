using System.CommandLine;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Recovery;

/// <summary><c>oneedge recovery run</c>: the agent of a hypervisor.</summary>
internal static class RunCommand
{
    public static HostCommand Create(HostIo io)
    {
        var once = new Option<bool>("--once") { Description = "Does what is due now and ends, as a probe or timer calls it." };
        var agent = new AgentArguments();
        var command = new HostCommand(
            "run",
            "Takes the recovery snapshots of this hypervisor as they become due, until it is interrupted: then guests are brought back to their own images "
            + "first. A line, or a JSON object, for each thing that happens. With --once, exit code 1: some of what was due failed, 255: all of it.",
            "recovery run", "recovery run --once --json", "recovery run --qmp /run/oneedge/qmp --keep 2");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RecoveryRun run = await agent.OpenAsync(parsed, io, parsed.GetValue(once), cancellationToken);
            return parsed.GetValue(once) ? await run.OnceAsync(cancellationToken) : await run.ForeverAsync(cancellationToken);
        });
        return agent.AddTo(command.With(once));
    }
}
