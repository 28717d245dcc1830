using System.CommandLine;

namespace OneEdge.Host.Cli;

/// <summary>A command whose help ends with examples.</summary>
internal sealed class HostCommand : Command
{
    public HostCommand(string name, string description, params string[] examples)
        : base(name, description)
    {
        Examples = examples;
    }

    /// <summary>Command lines, without the name of the program.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>Adds options and arguments in the order of the help.</summary>
    public HostCommand With(params ReadOnlySpan<Symbol> symbols)
    {
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Option option) Add(option);
            else if (symbol is Argument argument) Add(argument);
            else Add((Command)symbol);
        }

        return this;
    }
}
