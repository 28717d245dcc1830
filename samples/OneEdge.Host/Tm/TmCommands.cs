using System.CommandLine;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Tm;

/// <summary><c>oneedge tm</c>: a transfer driver of OpenNebula.</summary>
internal static class TmCommands
{
    /// <param name="io">The outside.</param>
    /// <param name="only">The word after <c>tm</c>: when it names one of the commands, the others are not built.</param>
    public static HostCommand Create(HostIo io, string? only)
    {
        var options = new TmOptions();
        var action = new Argument<string>("ACTION") { Description = "The action: clone, ln, mv, delete, snap_create...; a driver may stand behind a point." };
        var words = new Argument<string[]>("ARG")
        {
            Description = "The arguments as OpenNebula writes them. Behind -- nothing is an option.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var tm = new HostCommand(
            "tm", "Does what OpenNebula's ssh transfer driver does, with a replica. Standard error and the exit code are those of a driver.",
            "tm -- clone fe:/var/lib/one/datastores/1/0a1b host1:/var/lib/one/datastores/0/7/disk.0 7 1",
            "tm --error-marks -- delete host1:/var/lib/one/datastores/0/7 7 0");
        CommandBranch[] branches = [new("install", _ => InstallCommand.Create(io)), new("probe", _ => ProbeCommand.Create(io))];
        foreach (CommandBranch branch in CommandBranch.Choose(branches, only)) tm.Add(branch.Create(null));
        tm.SetAction((parsed, cancellationToken) =>
            new TmRun(io, options, parsed).RunAsync(parsed.GetRequiredValue(action), parsed.GetValue(words) ?? [], cancellationToken));
        return options.AddTo(tm.With(action, words));
    }
}
