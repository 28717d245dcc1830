using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace OneEdge.Host.Cli;

/// <summary>Prints the informational version of the program, also when something else is the entry assembly.</summary>
internal sealed class VersionText : SynchronousCommandLineAction
{
    public static string Version => typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(Version);
        return ExitCode.Done;
    }
}
