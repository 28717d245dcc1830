using System.CommandLine;
using System.CommandLine.Parsing;
using OneEdge.Storage;

namespace OneEdge.Host.Replica;

/// <summary>The name of a host, or <c>local</c> for the host of this process.</summary>
internal static class HostArgument
{
    public const string Local = "local";

    public static Argument<string> Create(string description)
    {
        var argument = new Argument<string>("HOST") { Description = description };
        argument.Validators.Add(Check);
        return argument;
    }

    /// <summary>Refuses what is no name of a host, before anything is done.</summary>
    public static void Check(SymbolResult result)
    {
        if (result.Tokens is [{ Value: var name }] && !SshHost.IsHostName(name)) result.AddError($"'{name}' is no name of a host.");
    }
}
