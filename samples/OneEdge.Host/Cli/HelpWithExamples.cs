using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace OneEdge.Host.Cli;

/// <summary>The help of System.CommandLine, followed by the examples of the command.</summary>
/// <param name="io">Where it is shown.</param>
internal sealed class HelpWithExamples(HostIo io) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = new HelpAction { MaxWidth = io.Width }.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not HostCommand { Examples: { Count: > 0 } examples }) return exitCode;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examples) output.WriteLine("  oneedge " + example);
        output.WriteLine();
        return exitCode;
    }
}
