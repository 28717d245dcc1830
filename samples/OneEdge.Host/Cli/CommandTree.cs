using System.CommandLine;
using OneEdge.Host.Config;
using OneEdge.Host.Demo;
using OneEdge.Host.Disk;
using OneEdge.Host.Flow;
using OneEdge.Host.One;
using OneEdge.Host.Recovery;
using OneEdge.Host.Replica;
using OneEdge.Host.Tm;

namespace OneEdge.Host.Cli;

/// <summary>All commands. Only the branch that the arguments name is built, which saves a process that patches one file a good part of its start.</summary>
internal static class CommandTree
{
    public static Command Create(string[] args, HostIo io)
    {
        Command root = Root(args);
        root.Add(new Option<bool>("--help", "-h", "-?")
        {
            Description = "Show help and usage information",
            Arity = ArgumentArity.Zero,
            Recursive = true,
            Action = new HelpWithExamples(io),
        });
        root.Add(new Option<bool>("--version") { Description = "Show version information", Arity = ArgumentArity.Zero, Action = new VersionText() });
        CommandBranch[] branches =
        [
            new("config", only => ConfigCommands.Create(io, only)),
            new("one", only => OneCommands.Create(io, only)),
            new("flow", only => FlowCommands.Create(io, only)),
            new("disk", only => DiskCommands.Create(io, only)),
            new("replica", only => ReplicaCommands.Create(io, only)),
            new("recovery", only => RecoveryCommands.Create(io, only)),
            new("tm", only => TmCommands.Create(io, only)),
            new("demo", _ => DemoCommand.Create(io)),
            new("completion", _ => CompletionCommand.Create(io)),
        ];
        foreach (CommandBranch branch in CommandBranch.Choose(branches, args.FirstOrDefault())) root.Add(branch.Create(args.ElementAtOrDefault(1)));
        return root;
    }

    // A RootCommand knows directives, which only completion needs, and reads texts from resources, which costs a patch of one file a tenth of its time.
    private static Command Root(string[] args)
    {
        const string description = "Tools for software-defined edge clouds of the OpenNebula world, on top of the OneEdge libraries.";
        if (args.FirstOrDefault()?.StartsWith('[') != true) return new Command("oneedge", description);
        var root = new RootCommand(description);
        root.Options.Clear();
        return root;
    }
}

/// <summary>A command that is built when it is needed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Create">Builds it, given the word that may name one of its own commands.</param>
internal sealed record CommandBranch(string Name, Func<string?, Command> Create)
{
    /// <summary>The branch of a name, or all of them when the name is none of theirs.</summary>
    public static IReadOnlyList<CommandBranch> Choose(IReadOnlyList<CommandBranch> branches, string? name)
    {
        CommandBranch? named = branches.FirstOrDefault(b => b.Name == name);
        return named is null ? branches : [named];
    }
}
