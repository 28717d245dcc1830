using System.CommandLine;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary><c>oneedge flow</c>: services of several virtual machines, of a OneFlow server; and such a server.</summary>
internal static class FlowCommands
{
    /// <param name="io">The outside.</param>
    /// <param name="only">The word after <c>flow</c>: when it names one of the commands, the others are not built.</param>
    public static Command Create(HostIo io, string? only)
    {
        var flow = new HostCommand("flow", "Services of several virtual machines: asks a OneFlow server, ours or the original; and serves as one.",
            "flow serve --embedded", "flow template create web.json", "flow template instantiate web --wait", "flow top web", "flow scale web worker 5",
            "flow delete web");
        CommandBranch[] branches =
        [
            new("list", _ => ListCommand.Services(io)),
            new("show", _ => ShowCommand.Service(io)),
            new("top", _ => TopCommand.Create(io)),
            new("events", _ => EventsCommand.Create(io)),
            new("template", _ => TemplateCommands.Create(io)),
            new("scale", _ => RoleCommands.Scale(io)),
            new("add-role", _ => RoleCommands.Add(io)),
            new("remove-role", _ => RoleCommands.Remove(io)),
            new("action", _ => RoleCommands.Act(io)),
            new("release", _ => ServiceCommands.Release(io)),
            new("recover", _ => ServiceCommands.Recover(io)),
            new("update", _ => ServiceCommands.Update(io)),
            new("rename", _ => OwnershipCommands.Rename(io, FlowKind.Service)),
            new("chown", _ => OwnershipCommands.Chown(io, FlowKind.Service)),
            new("chgrp", _ => OwnershipCommands.Chgrp(io, FlowKind.Service)),
            new("chmod", _ => OwnershipCommands.Chmod(io, FlowKind.Service)),
            new("delete", _ => ServiceCommands.Delete(io)),
            new("purge", _ => ServiceCommands.Purge(io)),
            new("serve", _ => ServeCommand.Create(io)),
        ];
        foreach (CommandBranch branch in CommandBranch.Choose(branches, only)) flow.Add(branch.Create(null));
        return flow;
    }
}
