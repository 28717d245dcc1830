using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>Plans the upgrade of an installation to a new release: a three-way merge of whole trees.</summary>
public static class ConfigUpgrade
{
    /// <summary>
    /// Plans an upgrade; nothing is written. The plan is carried out with <see cref="ConfigTree.ApplyAsync(UpgradePlan, CancellationToken)"/>.
    /// </summary>
    /// <param name="oldStock">The stock files of the release that is installed.</param>
    /// <param name="installed">The installation.</param>
    /// <param name="newStock">The stock files of the release to upgrade to.</param>
    /// <param name="options">How conflicts are decided; undecided when absent.</param>
    /// <param name="cancellationToken">Stops planning.</param>
    /// <returns>The plan: every file, what would become of it, and every conflict.</returns>
    /// <exception cref="OneEdgeException">A file can't be read at all: no permission, a symbolic link, a special file.</exception>
    public static async Task<UpgradePlan> PlanAsync(
        ConfigTree oldStock, ConfigTree installed, ConfigTree newStock, UpgradeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(oldStock);
        ArgumentNullException.ThrowIfNull(installed);
        ArgumentNullException.ThrowIfNull(newStock);
        var planner = new UpgradePlanner(installed.Options.Catalog, installed.Options.Limits, (options ?? new UpgradeOptions()).Resolve);
        IEnumerable<string> names = oldStock.ListFiles().Concat(newStock.ListFiles()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        List<UpgradeFilePlan> files = [];
        foreach (string name in names)
        {
            SourceText? old = await oldStock.TryReadTextAsync(name, cancellationToken).ConfigureAwait(false);
            SourceText? mine = await installed.TryReadTextAsync(name, cancellationToken).ConfigureAwait(false);
            SourceText? @new = await newStock.TryReadTextAsync(name, cancellationToken).ConfigureAwait(false);
            UpgradeFilePlan plan = planner.Plan(name, old, mine, @new);
            files.Add(plan.Action == UpgradeAction.Create ? plan with { Mode = newStock.ModeOf(name) } : plan);
        }

        return new UpgradePlan(files);
    }
}
