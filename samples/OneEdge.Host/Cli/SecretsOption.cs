using System.CommandLine;

namespace OneEdge.Host.Cli;

/// <summary>The option <c>--show-secrets</c> of commands that print values for people.</summary>
internal static class SecretsOption
{
    public static Option<bool> Create(string description) => new("--show-secrets") { Description = description };
}
