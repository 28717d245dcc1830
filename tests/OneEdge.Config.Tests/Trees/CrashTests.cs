using System.Globalization;
using OneEdge.Files;
using OneEdge.Testing;

namespace OneEdge.Config.Tests.Trees;

public sealed class CrashTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Patch_of_forty_files_dying_at_any_write_is_old_or_new_after_the_next_lock()
    {
        List<bool> outcomes = [];
        for (int step = 1; ; step++)
        {
            using var directory = new TemporaryDirectory();
            var files = new FortyFiles(directory);
            bool died = await PatchAsync(files, new FaultyFileStore(LocalFileStore.Instance, step, dies: true));
            bool isNew = await RecoverAsync(files) == 1;
            if (!died)
            {
                Assert.True(isNew);
                break;
            }

            outcomes.Add(isNew);
        }

        TestContext.Current.SendDiagnosticMessage("{0} write boundaries, {1} before the commit", outcomes.Count, outcomes.Count(isNew => !isNew));
        Assert.True(outcomes.Count > 200, $"{outcomes.Count} steps");
        Assert.Equal(outcomes.Order(), outcomes);
        Assert.Contains(false, outcomes);
        Assert.Contains(true, outcomes);
    }

    [Fact]
    public async Task Killed_patcher_leaves_all_forty_files_at_one_version()
    {
        int kills = int.Parse(Environment.GetEnvironmentVariable("ONEEDGE_KILLS") ?? "50", CultureInfo.InvariantCulture);
        using var directory = new TemporaryDirectory();
        var files = new FortyFiles(directory);
        var tree = new ConfigTree(files.Root);
        var random = new Random(20261124);
        int last = 0;
        for (int run = 0; run < kills; run++)
        {
            using var process = KilledProcess.Start(TestProgram.Path, "patch-tree", files.Root);
            await process.WaitForLineAsync("ready", Token);
            Assert.True(await process.KillAfterAsync(TimeSpan.FromMilliseconds(random.NextDouble() * 60), Token));

            int version = await RecoverAsync(files);
            Assert.True(version > last, $"version {version} after {last}");
            last = version;
            await tree.Backups.PruneAsync(1, Token);
        }
    }

    [Fact]
    public async Task Two_processes_that_patch_at_once_lose_nothing()
    {
        using var directory = new TemporaryDirectory();
        directory.Write(SampleTree.Oned, SampleTree.OnedText);
        using (var one = KilledProcess.Start(TestProgram.Path, "patch-insert", directory.Path, "A", "15"))
        using (var two = KilledProcess.Start(TestProgram.Path, "patch-insert", directory.Path, "B", "15"))
            await Task.WhenAll(one.CloseInputAndWaitAsync(Token), two.CloseInputAndWaitAsync(Token));

        ConfigDocument document = await new ConfigTree(directory.Path).ReadAsync(SampleTree.Oned, Token);
        Assert.All(Enumerable.Range(0, 15), i => Assert.Equal($"{i}{i}", $"{document.Find($"A{i}")}{document.Find($"B{i}")}"));
    }

    private static async Task<bool> PatchAsync(FortyFiles files, IFileStore store)
    {
        try
        {
            var tree = new ConfigTree(files.Root, new ConfigTreeOptions { Store = store });
            Assert.True((await tree.PatchAsync(files.To(1), cancellationToken: Token)).IsSaved);
            return false;
        }
        catch (MachineDiedException)
        {
            return true;
        }
    }

    private static async Task<int> RecoverAsync(FortyFiles files)
    {
        var tree = new ConfigTree(files.Root);
        using (await tree.LockAsync(Token)) { }
        int version = files.Check();
        int[] backups = files.CheckBackups(tree);
        // The backup of the last change holds what was before it; an undone change leaves none.
        if (version > 0) Assert.Contains(version - 1, backups);
        Assert.All(backups, backup => Assert.True(backup < version));
        return version;
    }
}
