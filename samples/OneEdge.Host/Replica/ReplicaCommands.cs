using OneEdge.Host.Cli;

namespace OneEdge.Host.Replica;

/// <summary><c>oneedge replica</c>: the images that a replica keeps for its hypervisors.</summary>
internal static class ReplicaCommands
{
    /// <param name="io">The outside.</param>
    /// <param name="only">The word after <c>replica</c>: when it names one of the commands, the others are not built.</param>
    public static HostCommand Create(HostIo io, string? only)
    {
        CommandBranch[] branches =
        [
            new("status", _ => StatusCommand.Create(io)),
            new("sync", _ => SyncCommand.Create(io)),
            new("evict", _ => EvictCommand.Create(io)),
        ];
        var replica = new HostCommand(
            "replica",
            "Shows what the cache of a replica holds, fetches images ahead, makes room. HOST is reached by ssh; 'local' is this one.",
            "replica status node1", "replica sync 1/0a1b2c3d --to node1", "replica evict node1 --to-size 100G --dry-run");
        foreach (CommandBranch branch in CommandBranch.Choose(branches, only)) replica.Add(branch.Create(null));
        return replica;
    }
}
