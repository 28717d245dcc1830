using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>The options that say which cloud a command talks to.</summary>
internal sealed class CloudOptions
{
    public Option<bool> Embedded { get; } = new("--embedded")
    {
        Description = "A small cloud inside of this process, which ends with the command: to look around without a server.",
    };

    public Option<string?> Endpoint { get; } = new("--endpoint")
    {
        Description = "The address of the server; else ONE_XMLRPC, else http://localhost:2633/RPC2.",
        HelpName = "URL",
    };

    public Option<string?> Auth { get; } = new("--auth")
    {
        Description = "The file with USER:PASSWORD; else ONE_AUTH, else ~/.one/one_auth.",
        HelpName = "FILE",
    };

    /// <summary>Adds what every command about a cloud has.</summary>
    public HostCommand AddTo(HostCommand command, bool hasResult = true)
    {
        command.With(Endpoint, Auth, Embedded);
        return hasResult ? command.With(OutputOption.Create(), OutputOption.CreateShort()) : command;
    }

    public async Task<OpenCloud> OpenAsync(ParseResult parsed, HostIo io, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Embedded)) return await SampleCloud.CreateAsync(cancellationToken);
        OpenNebulaConnection connection = await OpenNebulaConnection.FromVariablesAsync(VariablesOf(parsed, io), cancellationToken: cancellationToken);
        return new OpenCloud(connection, connection);
    }

    /// <summary>The variables that name the cloud, with what the options say in their place.</summary>
    public Func<string, string?> VariablesOf(ParseResult parsed, HostIo io) => name => name switch
    {
        OpenNebulaEndpoint.Variable when parsed.GetValue(Endpoint) is { } endpoint => endpoint,
        OpenNebulaCredentials.FileVariable when parsed.GetValue(Auth) is { } auth => auth,
        _ => io.Variable(name),
    };
}
