using OneEdge.Host.Cli;

namespace OneEdge.Host.Config;

/// <summary><c>oneedge config</c>.</summary>
internal static class ConfigCommands
{
    public static HostCommand Create(HostIo io, string? only)
    {
        CommandBranch[] branches =
        [
            new("patch", _ => PatchCommandLine.Create(io)),
            new("diff", _ => DiffCommand.Create(io)),
            new("get", _ => GetCommand.Create(io)),
            new("set", _ => SetCommand.Create(io)),
            new("validate", _ => ValidateCommand.Create(io)),
            new("upgrade", _ => UpgradeCommand.Create(io)),
            new("backups", _ => BackupsCommand.Create(io)),
        ];
        var config = new HostCommand(
            "config", "Patches, compares, reads, checks and upgrades OpenNebula configuration, without touching a byte more than needed.",
            "config patch changes.txt --root /srv/front-end",
            "config diff /srv/stock-6.10 / --format line",
            "config get /etc/one/oned.conf PORT");
        foreach (CommandBranch branch in CommandBranch.Choose(branches, only)) config.Add(branch.Create(null));
        return config;
    }
}
