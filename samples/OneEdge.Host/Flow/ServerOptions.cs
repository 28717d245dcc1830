using System.CommandLine;
using OneEdge.Flow.Client;

namespace OneEdge.Host.Flow;

/// <summary>The options that say which server a command talks to.</summary>
internal sealed class ServerOptions
{
    public Option<string?> Server { get; } = new("--server", "-s")
    {
        Description = "The address of the server; else ONEFLOW_URL, else what ~/.one/oneflow_endpoint holds, else http://localhost:2474.",
        HelpName = "URL",
    };

    public Option<string?> Auth { get; } = new("--auth")
    {
        Description = "The file with USER:PASSWORD; else ONEFLOW_USER and ONEFLOW_PASSWORD, else ONE_AUTH, else ~/.one/one_auth.",
        HelpName = "FILE",
    };

    public Task<OneFlowClient> OpenAsync(ParseResult parsed, HostIo io, CancellationToken cancellationToken)
    {
        string? auth = parsed.GetValue(Auth);
        string? Variable(string name) => name switch
        {
            OneFlowEndpoint.Variable when parsed.GetValue(Server) is { } server => server,
            OneFlowCredentials.FileVariable when auth is not null => auth,
            OneFlowCredentials.UserVariable or OneFlowCredentials.PasswordVariable when auth is not null => null,
            _ => io.Variable(name),
        };
        return OneFlowClient.FromVariablesAsync(Variable, cancellationToken: cancellationToken);
    }
}
