using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.Storage;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Replica;

/// <summary>The configuration of the replica, <c>sshrc</c>, and the one of the system's ssh.</summary>
internal sealed class SshrcOption
{
    private const int MaxBytes = 1 << 20;

    public Option<string?> File { get; } = new("--sshrc")
    {
        Description = "The configuration of the replica, such as /var/lib/one/remotes/etc/tm/ssh/sshrc; without it defaults apply.",
        HelpName = "FILE",
    };

    public Option<string?> SshConfig { get; } = new("--ssh-config")
    {
        Description = "A configuration of ssh instead of the user's and the system's.",
        HelpName = "FILE",
    };

    public async Task<ReplicaOptions> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(File) is not { } file) return new ReplicaOptions();
        byte[] content = await InputBytes.ReadFileAsync(file, MaxBytes, cancellationToken);
        return ReplicaOptions.ParseSshrc(Text.SourceEncoding.GetString(content), file);
    }

    /// <summary>How hosts are reached.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="arguments">More options of ssh.</param>
    /// <exception cref="HintException">The configuration of ssh is missing.</exception>
    public SshOptions Ssh(ParseResult parsed, IReadOnlyList<string>? arguments = null)
    {
        string? config = parsed.GetValue(SshConfig) is { } file ? Path.GetFullPath(file) : null;
        // ssh itself would say so once for each host, and not where.
        if (config is not null && !System.IO.File.Exists(config))
            throw new HintException(
                HostErrorCodes.Storage, $"There is no configuration of ssh '{config}'.", "give --ssh-config an existing file, or leave it out");
        return new SshOptions { ConfigFile = config, Arguments = arguments ?? [] };
    }
}
