using System.CommandLine;
using OneEdge.Host.Cli;

namespace OneEdge.Host.One;

/// <summary><c>oneedge one</c>: an OpenNebula cloud.</summary>
internal static class OneCommands
{
    /// <param name="io">The outside.</param>
    /// <param name="only">The word after <c>one</c>: when it names one of the commands, the others are not built.</param>
    public static Command Create(HostIo io, string? only)
    {
        var one = new HostCommand("one", "Lists, shows and follows the objects of an OpenNebula cloud, and calls its methods.",
            "one vm list", "one host list --json", "one events", "one call one.vm.info 4", "one vm list --embedded");
        CommandBranch[] branches =
        [
            .. ObjectKinds.All.Select(kind => new CommandBranch(kind.Name, _ => kind.Create(io))),
            new("events", _ => EventsCommand.Create(io)),
            new("call", _ => CallCommand.Create(io)),
        ];
        foreach (CommandBranch branch in CommandBranch.Choose(branches, only)) one.Add(branch.Create(null));
        return one;
    }
}
