using OneEdge.Config;

namespace OneEdge.Host.Demo;

/// <summary>OneEdge.Config: patch, look at the difference, upgrade with a conflict, restore.</summary>
internal sealed class ConfigChapter : IDemoChapter
{
    public string Title => "OneEdge.Config: a configuration is patched, upgraded and restored";

    public async Task RunAsync(DemoStory story, string directory, CancellationToken cancellationToken)
    {
        string installed = Path.Combine(directory, "installed");
        string oldStock = Path.Combine(directory, "release-1");
        string newStock = Path.Combine(directory, "release-2");
        DemoFiles.Extract("old/", installed);
        DemoFiles.Extract("old/", oldStock);
        DemoFiles.Extract("new/", newStock);
        var tree = new ConfigTree(installed);
        story.Lines("An installation of release 1 lies in a temporary directory:", string.Join('\n', tree.ListFiles()));

        ConfigBackup? patched = await PatchAsync(story, tree, cancellationToken);
        await UpgradeAsync(story, new ConfigTree(oldStock), tree, new ConfigTree(newStock), cancellationToken);
        await RestoreAsync(story, tree, patched, oldStock, cancellationToken);
    }

    private static async Task<ConfigBackup?> PatchAsync(DemoStory story, ConfigTree tree, CancellationToken cancellationToken)
    {
        ConfigPatch patch = tree.ReadPatch(DemoFiles.Read("changes.txt"));
        PatchPlan plan = await tree.PlanAsync(patch, cancellationToken);
        story.Lines($"A patch of {plan.ChangeCount} lines is planned; nothing is written yet, every change has its status:", plan.ToString());
        story.Diff("This is the difference it makes; comments and layout stay, the password is masked:", plan.ToUnifiedDiff());
        PatchResult result = await tree.ApplyAsync(plan, cancellationToken: cancellationToken);
        if (!result.IsSaved) throw new InvalidOperationException($"The patch was not saved: {result.Reason}");
        story.Step($"The plan is applied as one transaction over {plan.Files.Count} files, with backup {result.Backup?.Id}.");
        return result.Backup;
    }

    private static async Task UpgradeAsync(DemoStory story, ConfigTree oldStock, ConfigTree tree, ConfigTree newStock, CancellationToken cancellationToken)
    {
        UpgradePlan open = await ConfigUpgrade.PlanAsync(oldStock, tree, newStock, cancellationToken: cancellationToken);
        story.Lines(
            "Release 2 brings other defaults. Where both sides changed a value, the upgrade plan says so and decides nothing by itself:", open.ToString());
        UpgradePlan plan = await ConfigUpgrade.PlanAsync(
            oldStock, tree, newStock, new UpgradeOptions { Resolve = _ => ConflictChoice.Mine }, cancellationToken);
        story.Diff("Resolved for your value, the upgrade takes the new files and carries your changes over:", plan.ToUnifiedDiff());
        ConfigBackup? backup = await tree.ApplyAsync(plan, cancellationToken);
        story.Step($"The upgrade is applied as one transaction, with backup {backup?.Id}.");
    }

    private static async Task RestoreAsync(DemoStory story, ConfigTree tree, ConfigBackup? backup, string oldStock, CancellationToken cancellationToken)
    {
        if (backup is null) throw new InvalidOperationException("The patch left no backup.");
        await tree.Backups.RestoreAsync(backup.Id, cancellationToken);
        bool same = backup.Files.All(
            f => File.ReadAllBytes(Path.Join(tree.Root, f.File)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Join(oldStock, f.File))));
        if (!same) throw new InvalidOperationException("The restored files are not the original ones.");
        story.Step($"The first backup is restored: all {backup.Files.Count} files are again what they were, byte for byte.");
    }
}
