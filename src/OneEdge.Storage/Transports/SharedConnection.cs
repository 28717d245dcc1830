using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using OneEdge.Commands;
using OneEdge.Files;

namespace OneEdge.Storage;

/// <summary>
/// A connection to a host that scripts share, in a process of its own: none of them opens it, so that one that is stopped takes it from nobody.
/// </summary>
internal sealed class SharedConnection
{
    // Connecting has its own limit; this one is for a server that accepts and then says nothing.
    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(60);

    private readonly string _name;
    private readonly SshOptions _options;
    private readonly ICommandRunner _runner;
    private readonly string _socket;
    private readonly Lock _gate = new();
    private Task<CommandResult?>? _opening;

    public SharedConnection(string name, SshOptions options, ICommandRunner runner, string directory)
    {
        (_name, _options, _runner) = (name, options, runner);
        // Whatever leads elsewhere has a socket of its own. Short, because the whole path may have about 100 bytes.
        string identity = string.Join('\0', [name, options.Program, options.ConfigFile ?? "", .. options.Arguments]);
        _socket = $"{directory}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..32]}";
    }

    /// <summary>The options for a script: the connection, if it is there; else one of its own.</summary>
    public IEnumerable<string> Arguments => ["-oControlMaster=no", $"-oControlPath={Escaped}"];

    private string Escaped => _socket.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>Opens the connection unless it is open, or another process opens it at this moment.</summary>
    /// <param name="cancellationToken">Stops waiting, not opening: others may wait too.</param>
    /// <returns>What <c>ssh</c> said when it could not connect; <see langword="null"/> when nothing speaks against the host.</returns>
    public async Task<CommandResult?> OpenAsync(CancellationToken cancellationToken)
    {
        if (IsOpen()) return null;
        Task<CommandResult?> opening;
        lock (_gate)
        {
            if (_opening is null or { IsCompleted: true }) _opening = Task.Run(ConnectAsync, CancellationToken.None);
            opening = _opening;
        }

        return await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<CommandResult?> ConnectAsync()
    {
        using CrossProcessLock? held = CrossProcessLock.TryAcquire(_socket + ".lock");
        if (held is null || IsOpen()) return null;
        // Nobody listens to it any more, and ssh would not share a connection because of it.
        File.Delete(_socket);
        var command = new CommandSpec(_options.Program, [.. Opening(), "--", _name])
        {
            Environment = CommandHost.Environment,
            Timeout = _options.ConnectTimeout + LoginLimit,
            AcceptedExitCodes = [],
        };
        CommandResult result = await _runner.RunAsync(command, CancellationToken.None).ConfigureAwait(false);
        return result.ExitCode == 0 ? null : result;
    }

    private IEnumerable<string> Opening()
    {
        if (_options.ConfigFile is { } file) yield return $"-F{file}";
        yield return "-oBatchMode=yes";
        yield return string.Create(CultureInfo.InvariantCulture, $"-oConnectTimeout={(int)Math.Ceiling(_options.ConnectTimeout.TotalSeconds)}");
        yield return "-oControlMaster=yes";
        yield return $"-oControlPath={Escaped}";
        yield return string.Create(CultureInfo.InvariantCulture, $"-oControlPersist={(int)Math.Ceiling(_options.SharedConnectionLifetime.TotalSeconds)}");
        foreach (string argument in _options.Arguments) yield return argument;
        // No command, and into the background when the connection stands.
        yield return "-N";
        yield return "-f";
    }

    private bool IsOpen()
    {
        if (!File.Exists(_socket)) return false;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(_socket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
