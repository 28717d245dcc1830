using CsCheck;
using OneEdge.Config.Tests.Trees;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Upgrade;

/// <summary>The laws of upgrades of whole trees, for every ordered pair of stock releases, with random edits of a user in several files.</summary>
public sealed class UpgradeTreeLawTests
{
    private const string OwnFile = "/etc/one/mine.conf";
    private const string RemovedFile = "/etc/one/cli/onezone.yaml";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> ReleasePairs() =>
    [
        .. from older in RealFiles.StockTrees()
           from newer in RealFiles.StockTrees()
           where older != newer
           select (Path.GetFileName(older), Path.GetFileName(newer)),
    ];

    [Theory]
    [MemberData(nameof(ReleasePairs))]
    public async Task Upgrade_of_an_edited_tree_keeps_the_laws(string oldRelease, string newRelease)
    {
        using var directory = new TemporaryDirectory();
        (ConfigTree old, ConfigTree @new) = (Stock(oldRelease), Stock(newRelease));
        var installed = new ConfigTree(directory.Path);
        Install(old, @new, directory, $"{oldRelease}-{newRelease}");
        SortedDictionary<string, string> before = TreeSnapshot.OfFiles(directory.Path);
        SortedDictionary<string, string> untouched = TreeSnapshot.Of(directory.Path);

        UpgradePlan undecided = await ConfigUpgrade.PlanAsync(old, installed, @new, cancellationToken: Token);
        Assert.Equal(untouched, TreeSnapshot.Of(directory.Path));
        Assert.False(Directory.Exists(directory["var/lib/one/backups"]));
        Assert.NotEmpty(undecided.Conflicts);
        ConfigConflictException refused = await Assert.ThrowsAsync<ConfigConflictException>(() => installed.ApplyAsync(undecided, Token));
        Assert.Equal(undecided.Conflicts.Count(), refused.Conflicts.Count);
        Assert.Equal(untouched, TreeSnapshot.Of(directory.Path));

        foreach (ConflictChoice choice in (ConflictChoice[])[ConflictChoice.Mine, ConflictChoice.New])
        {
            var options = new UpgradeOptions { Resolve = _ => choice };
            UpgradePlan plan = await ConfigUpgrade.PlanAsync(old, installed, @new, options, Token);
            ConfigBackup? backup = await installed.ApplyAsync(plan, Token);

            AssertCarriedOut(plan, directory, @new);
            UpgradePlan again = await ConfigUpgrade.PlanAsync(@new, installed, @new, cancellationToken: Token);
            Assert.False(again.HasChanges);
            Assert.Empty(again.Conflicts);
            await installed.Backups.RestoreAsync(backup!.Id, Token);
            Assert.Equal(before, TreeSnapshot.OfFiles(directory.Path));
        }
    }

    [Theory]
    [MemberData(nameof(ReleasePairs))]
    public async Task Untouched_tree_becomes_the_new_stock_tree(string oldRelease, string newRelease)
    {
        using var directory = new TemporaryDirectory();
        (ConfigTree old, ConfigTree @new) = (Stock(oldRelease), Stock(newRelease));
        foreach (string name in old.ListFiles()) directory.Write(name, File.ReadAllBytes(old.Root + name));
        var installed = new ConfigTree(directory.Path);

        UpgradePlan plan = await ConfigUpgrade.PlanAsync(old, installed, @new, cancellationToken: Token);
        await installed.ApplyAsync(plan, Token);

        Assert.Empty(plan.Conflicts);
        Assert.Equal(@new.ListFiles(), installed.ListFiles());
        Assert.All(@new.ListFiles(), name => Assert.Equal(File.ReadAllBytes(@new.Root + name), File.ReadAllBytes(directory[name])));
    }

    private static ConfigTree Stock(string release) => new(RealFiles.StockTrees().Single(t => Path.GetFileName(t) == release));

    // Every third file is edited, one is removed, one is the user's own, and one value is contested.
    private static void Install(ConfigTree old, ConfigTree @new, TemporaryDirectory directory, string seed)
    {
        var random = new Random(seed.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)));
        foreach (string name in old.ListFiles())
        {
            SourceText text = SourceText.FromBytes(File.ReadAllBytes(old.Root + name), name);
            if (ConfigCatalog.Default.FormatOf(name) is { } format && format != ConfigFormat.Text && random.Next(3) == 0)
                text = UserEdits.Run(format, text, [.. Enumerable.Range(0, 3).Select(_ => (random.Next(12), random.Next(1_000_000), random.Next(6)))]);
            directory.Write(name, text.Span);
        }

        File.Delete(directory[RemovedFile]);
        directory.Write(OwnFile, "mine\n");
        Contest(old, @new, directory);
    }

    // Gives a value that the release changes another value.
    private static void Contest(ConfigTree old, ConfigTree @new, TemporaryDirectory directory)
    {
        foreach (string name in old.ListFiles().Intersect(@new.ListFiles()).Where(n => ConfigCatalog.Default.FormatOf(n) == ConfigFormat.Shell))
        {
            ConfigDocument before = ConfigFormat.Shell.Parse(File.ReadAllText(old.Root + name));
            ConfigDocument after = ConfigFormat.Shell.Parse(File.ReadAllText(@new.Root + name));
            if (before.DiffTo(after).Changes.FirstOrDefault(c => c.Kind == ChangeKind.Set) is not { } change) continue;
            directory.Write(name, before.Apply(ConfigChange.Set(change.Target, "contested")).Text.Span);
            return;
        }

        Assert.Fail("The releases do not differ.");
    }

    private static void AssertCarriedOut(UpgradePlan plan, TemporaryDirectory directory, ConfigTree @new)
    {
        foreach (UpgradeFilePlan file in plan.Files)
        {
            if (file.After is null) Assert.False(File.Exists(directory[file.File]), file.File);
            else Assert.Equal(file.After.Bytes, File.ReadAllBytes(directory[file.File]));
            if (file.Action == UpgradeAction.Create && !OperatingSystem.IsWindows())
                Assert.Equal(File.GetUnixFileMode(@new.Root + file.File), File.GetUnixFileMode(directory[file.File]));
        }

        Assert.Equal("mine\n", File.ReadAllText(directory[OwnFile]));
        Assert.False(File.Exists(directory[RemovedFile]));
    }
}
