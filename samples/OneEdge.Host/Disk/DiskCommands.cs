using OneEdge.Host.Cli;

namespace OneEdge.Host.Disk;

/// <summary><c>oneedge disk</c>: disk images.</summary>
internal static class DiskCommands
{
    /// <param name="io">The outside.</param>
    /// <param name="only">The word after <c>disk</c>: when it names one of the commands, the others are not built.</param>
    public static HostCommand Create(HostIo io, string? only)
    {
        CommandBranch[] branches =
        [
            new("info", _ => InfoCommand.Create(io)),
            new("chain", _ => ChainCommand.Create(io)),
            new("map", _ => MapCommand.Create(io)),
            new("check", _ => CheckCommand.Create(io)),
            new("measure", _ => MeasureCommand.Create(io)),
            new("create", _ => CreateCommand.Create(io)),
            new("flatten", _ => FlattenCommand.Create(io)),
            new("verify", _ => VerifyCommand.Create(io)),
        ];
        var disk = new HostCommand(
            "disk",
            "Shows, checks, makes and copies qcow2 images and their backing chains, without qemu-img; JSON is what qemu-img prints.",
            "disk info disk.0", "disk chain disk.0.snap/base.1", "disk map disk.0 --json");
        foreach (CommandBranch branch in CommandBranch.Choose(branches, only)) disk.Add(branch.Create(null));
        return disk;
    }
}
