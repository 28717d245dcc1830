using System.CommandLine;
using OneEdge.Config;

namespace OneEdge.Host.Config;

/// <summary>The options that say where an installation lies.</summary>
internal sealed class TreeOptions
{
    public Option<string> Root { get; } = new("--root", "--prefix")
    {
        Description = "The root below which /etc/one and /var/lib/one/remotes/etc lie.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "/",
    };

    public Option<string?> BackupDirectory { get; } = new("--backup-dir")
    {
        Description = "Where backups go; by default ONECFG_BACKUP_DIR, else var/lib/one/backups/config below the root.",
        HelpName = "DIR",
    };

    /// <summary>The installation that the arguments name.</summary>
    public ConfigTree Tree(ParseResult parsed, HostIo io) =>
        new(parsed.GetValue(Root)!, new ConfigTreeOptions { BackupDirectory = BackupDirectoryOf(parsed, io) });

    public string? BackupDirectoryOf(ParseResult parsed, HostIo io) =>
        parsed.GetValue(BackupDirectory) ?? (io.Variable("ONECFG_BACKUP_DIR") is { Length: > 0 } named ? named : null);
}
