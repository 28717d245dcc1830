using System.Globalization;
using System.Runtime.CompilerServices;
using OneEdge.Commands;

namespace OneEdge.Storage;

/// <summary>
/// A host that is reached by the system's <c>ssh</c>. Scripts go to the standard input of <c>bash -s</c> there, so that neither their text nor their parameters
/// pass another shell.
/// </summary>
public sealed class SshHost : IRemoteHost
{
    // What ssh itself ends with when it could not connect.
    private const int Unreachable = 255;

    private readonly SshOptions _options;
    private readonly CommandHost _host;
    private readonly SharedConnection? _shared;

    /// <summary>Names a host.</summary>
    /// <param name="name">The name, also for <c>ssh</c>: a host name, an address, or an alias of its configuration; a user may stand before it.</param>
    /// <param name="options">How it is reached; <see langword="null"/> for the defaults.</param>
    /// <param name="runner">Runs <c>ssh</c>; <see langword="null"/> for processes of this machine.</param>
    /// <exception cref="ArgumentException">The name could be taken for an option or for something else than a host.</exception>
    public SshHost(string name, SshOptions? options = null, ICommandRunner? runner = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!IsHostName(name)) throw new ArgumentException($"'{name}' is no name of a host.", nameof(name));
        (Name, _options) = (name, options ?? new SshOptions());
        ICommandRunner used = runner ?? new CliWrapCommandRunner();
        _host = new CommandHost(name, used, Command, Unreachable);
        if (_options.SharedConnectionDirectory is { } directory) _shared = new SharedConnection(name, _options, used, directory);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Whether a text can be given to <c>ssh</c> as a host: letters, digits and <c>._-:@%[]</c>, not beginning with <c>-</c>.</summary>
    /// <param name="name">The text.</param>
    public static bool IsHostName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length is > 0 and <= 255 && name[0] != '-' && name.All(
            c => char.IsAsciiLetterOrDigit(c) || "._-:@%[]".Contains(c, StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public async Task<CommandResult> RunAsync(HostScript script, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        await ConnectAsync(script, cancellationToken).ConfigureAwait(false);
        return await _host.RunAsync(script, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<CommandEvent> ListenAsync(HostScript script, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        return ListenCoreAsync(script, cancellationToken);
    }

    private async IAsyncEnumerable<CommandEvent> ListenCoreAsync(HostScript script, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ConnectAsync(script, cancellationToken).ConfigureAwait(false);
        await foreach (CommandEvent item in _host.ListenAsync(script, cancellationToken).ConfigureAwait(false)) yield return item;
    }

    private async Task ConnectAsync(HostScript script, CancellationToken cancellationToken)
    {
        if (_shared is null || script.ForwardsAgent) return;
        try
        {
            if (await _shared.OpenAsync(cancellationToken).ConfigureAwait(false) is { } refused)
                throw new HostException(StorageErrorCodes.HostUnreachable, Name, script.ToString(), refused.ExitCode, refused.StandardError);
        }
        catch (OneEdgeException e) when (e is CommandTimeoutException or ToolMissingException)
        {
            throw new HostException(StorageErrorCodes.HostCommand, Name, script.ToString(), null, e.Message, e);
        }
    }

    private CommandSpec Command(HostScript script) => new(_options.Program, [.. Arguments(script.ForwardsAgent), "--", Name, "bash -s"])
    {
        StandardInput = CommandHost.ForStandardInput(script),
        Environment = CommandHost.Environment,
        Timeout = script.Timeout,
    };

    private IEnumerable<string> Arguments(bool forwardsAgent)
    {
        if (_options.ConfigFile is { } file) yield return $"-F{file}";
        yield return "-oBatchMode=yes";
        yield return string.Create(CultureInfo.InvariantCulture, $"-oConnectTimeout={(int)Math.Ceiling(_options.ConnectTimeout.TotalSeconds)}");
        if (forwardsAgent)
        {
            yield return "-oForwardAgent=yes";
            yield return "-oControlMaster=no";
            yield return "-oControlPath=none";
        }
        else if (_shared is not null)
        {
            foreach (string argument in _shared.Arguments) yield return argument;
        }

        foreach (string argument in _options.Arguments) yield return argument;
    }
}
