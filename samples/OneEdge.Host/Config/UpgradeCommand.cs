using System.CommandLine;
using OneEdge.Config;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Config;

/// <summary><c>oneedge config upgrade</c>: carries the user's changes over to a new release.</summary>
internal static class UpgradeCommand
{
    public static HostCommand Create(HostIo io)
    {
        var tree = new TreeOptions();
        var oldStock = new Option<string>("--old-stock")
        {
            Description = "The root of the stock files of the installed release.",
            HelpName = "DIR",
            Required = true,
        };
        var newStock = new Option<string>("--new-stock") { Description = "The root of the stock files of the new release.", HelpName = "DIR", Required = true };
        var onConflict = new Option<string>("--on-conflict")
        {
            Description = "Whose value is taken where both changed it. ask is fail where nobody can answer.",
            DefaultValueFactory = _ => UpgradeRun.Ask,
        };
        onConflict.AcceptOnlyFromAmong("mine", "new", UpgradeRun.Ask, "fail");
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Save nothing; only tell what would be done. Exit code 1: conflicts are undecided." };
        var diff = new Option<bool>("--diff") { Description = "Also print the difference of the texts; secret-looking values are masked." };
        Option<bool> showSecrets = SecretsOption.Create("Don't mask secret-looking values in what --diff prints.");
        var command = new HostCommand(
            "upgrade", "Upgrades an installation: a three-way merge that keeps your changes and takes the new release's comments and defaults.",
            "config upgrade --root / --old-stock /srv/stock-6.10 --new-stock /srv/stock-7.0 --dry-run --diff",
            "config upgrade --root / --old-stock /srv/stock-6.10 --new-stock /srv/stock-7.0 --on-conflict mine");
        command.SetAction((parsed, cancellationToken) => new UpgradeRun(io, OutputOption.IsJson(parsed))
        {
            Installed = tree.Tree(parsed, io),
            OldStock = StockTree(parsed.GetRequiredValue(oldStock)),
            NewStock = StockTree(parsed.GetRequiredValue(newStock)),
            OnConflict = parsed.GetValue(onConflict)!,
            IsDryRun = parsed.GetValue(dryRun),
            ShowsDiff = parsed.GetValue(diff),
            ShowsSecrets = parsed.GetValue(showSecrets),
        }.RunAsync(cancellationToken));
        return command.With(
            tree.Root, oldStock, newStock, onConflict, dryRun, diff, showSecrets, tree.BackupDirectory, OutputOption.Create(), OutputOption.CreateShort());
    }

    // A mistyped directory would look like a release without files, and every file like one to be removed.
    private static ConfigTree StockTree(string root)
    {
        var tree = new ConfigTree(root);
        return tree.ListFiles().Count > 0
            ? tree
            : throw new DirectoryNotFoundException($"There are no stock files below '{root}' (etc/one, var/lib/one/remotes/etc).");
    }
}
