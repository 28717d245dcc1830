using OneEdge.Host.Cli;

namespace OneEdge.Host.Recovery;

/// <summary><c>oneedge recovery</c>: snapshots of running machines, kept on the replica, for the day their host dies.</summary>
internal static class RecoveryCommands
{
    /// <param name="io">The outside.</param>
    /// <param name="only">The word after <c>recovery</c>: when it names one of the commands, the others are not built.</param>
    public static HostCommand Create(HostIo io, string? only)
    {
        CommandBranch[] branches =
        [
            new("plan", _ => PlanCommand.Create(io)),
            new("run", _ => RunCommand.Create(io)),
            new("list", _ => ListCommand.Create(io)),
            new("restore", _ => RestoreCommand.Create(io)),
        ];
        var recovery = new HostCommand(
            "recovery",
            "Takes recovery snapshots of the disks that have RECOVERY_SNAPSHOT_FREQ (plan, run: on a hypervisor), lists and restores them (on the replica).",
            "recovery plan", "recovery run", "recovery list", "recovery restore 7 0 --to node2:/var/lib/one/datastores/100/7");
        foreach (CommandBranch branch in CommandBranch.Choose(branches, only)) recovery.Add(branch.Create(null));
        return recovery;
    }
}
