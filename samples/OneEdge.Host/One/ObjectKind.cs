using System.CommandLine;
using OneEdge.Host.Cli;

namespace OneEdge.Host.One;

/// <summary>A kind of object: <c>oneedge one vm</c>.</summary>
internal abstract class ObjectKind
{
    /// <summary>The word on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>What several of them are called in texts.</summary>
    public required string Plural { get; init; }

    /// <summary>Commands beside <c>list</c> and <c>show</c>.</summary>
    public Func<HostIo, IEnumerable<HostCommand>> More { get; init; } = static _ => [];

    /// <summary>Builds <c>list</c>, and <c>show</c> where single objects can be read.</summary>
    public Command Create(HostIo io)
    {
        var command = new HostCommand(Name, $"Lists and shows {Plural}.", $"one {Name} list");
        foreach (HostCommand child in CreateReaders(io).Concat(More(io))) command.Add(child);
        return command;
    }

    protected abstract IEnumerable<HostCommand> CreateReaders(HostIo io);
}
