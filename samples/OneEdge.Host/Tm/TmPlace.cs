using System.CommandLine;
using System.Net;
using OneEdge.Storage;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Tm;

/// <summary>The installation in which a driver runs.</summary>
internal sealed record TmPlace
{
    private const int MaxConfigurationBytes = 1 << 20;

    /// <summary>The settings of transfers.</summary>
    public required TransferSettings Settings { get; init; }

    /// <summary>How hosts are reached.</summary>
    public required IRemoteHosts Hosts { get; init; }

    /// <summary>Remembers finished steps.</summary>
    public required FileTransferJournal Journal { get; init; }

    /// <summary>The directory of all drivers.</summary>
    public required string Drivers { get; init; }

    /// <summary>Finds the installation by options and environment, and reads its configuration.</summary>
    /// <param name="options">The options.</param>
    /// <param name="parsed">Their values.</param>
    /// <param name="io">The outside.</param>
    /// <param name="makesFileSystem">Whether the configuration of file systems is read.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<TmPlace> FindAsync(
        TmOptions options, ParseResult parsed, HostIo io, bool makesFileSystem, CancellationToken cancellationToken)
    {
        var layout = new DatastoreLayout { OneLocation = io.Variable("ONE_LOCATION") is { Length: > 0 } location ? location : null };
        string frontEnd = parsed.GetValue(options.FrontEnd) ?? Dns.GetHostName();
        string? sshConfig = parsed.GetValue(options.SshConfig);
        var settings = new TransferSettings
        {
            FrontEnd = frontEnd,
            OneLocation = layout.OneLocation,
            Replica = await ReadSshrcAsync(parsed.GetValue(options.Sshrc), layout.SshrcFile, cancellationToken),
        };
        if (sshConfig is not null) settings = settings with { SshArguments = ["-F", sshConfig, .. settings.SshArguments] };
        if (makesFileSystem)
        {
            string file = parsed.GetValue(options.DatastoreConf) ?? layout.BaseDirectory + "/remotes/etc/datastore/datastore.conf";
            if (await TryReadAsync(file, parsed.GetValue(options.DatastoreConf) is not null, cancellationToken) is { } text)
                settings = FileSystemSettings.Apply(settings, text, file);
        }

        return new TmPlace
        {
            Settings = settings,
            Hosts = new SshHosts(new LocalHost(frontEnd), new SshOptions { ConfigFile = sshConfig }),
            Journal = new FileTransferJournal(parsed.GetValue(options.Journal) ?? layout.BaseDirectory + "/.oneedge/tm"),
            Drivers = parsed.GetValue(options.Drivers) ?? layout.BaseDirectory + "/remotes/tm",
        };
    }

    /// <summary>Reads an <c>sshrc</c>: the given file, or the one of the installation, which may be absent.</summary>
    /// <param name="given">The given file.</param>
    /// <param name="installed">The file of the installation.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<ReplicaOptions> ReadSshrcAsync(string? given, string installed, CancellationToken cancellationToken) =>
        await TryReadAsync(given ?? installed, given is not null, cancellationToken) is { } text
            ? ReplicaOptions.ParseSshrc(text, given ?? installed) : new ReplicaOptions();

    private static async Task<string?> TryReadAsync(string file, bool isRequired, CancellationToken cancellationToken)
    {
        if (!isRequired && !File.Exists(file)) return null;
        return Text.SourceEncoding.GetString(await InputBytes.ReadFileAsync(file, MaxConfigurationBytes, cancellationToken));
    }
}
