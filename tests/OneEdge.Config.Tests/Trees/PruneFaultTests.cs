using OneEdge.Files;
using OneEdge.Testing;

namespace OneEdge.Config.Tests.Trees;

/// <summary>The pruning of backups that is interrupted, and backups that are damaged.</summary>
public sealed class PruneFaultTests : IDisposable
{
    private readonly SampleTree _sample = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prune_dying_at_any_step_leaves_whole_backups_and_the_next_one_finishes()
    {
        string[] ids = await MakeBackupsAsync(_sample["/template"], count: 3);
        HashSet<int> listed = [];
        for (int step = 1; ; step++)
        {
            string root = _sample[$"/run{step}"];
            Copy(_sample["/template"], root);
            var dying = new ConfigTree(root, new ConfigTreeOptions { Store = new FaultyFileStore(LocalFileStore.Instance, step, dies: true) });
            bool died = await DiesAsync(() => dying.Backups.PruneAsync(1, Token));

            var tree = new ConfigTree(root);
            ConfigBackup[] left = [.. tree.Backups.List()];
            listed.Add(left.Length);
            Assert.Equal(ids[..left.Length], left.Select(b => b.Id));
            await AssertRestoresAsync(tree, left[^1], Array.IndexOf(ids, left[^1].Id));
            await tree.Backups.PruneAsync(0, Token);
            Assert.Empty(tree.Backups.List());
            Assert.DoesNotContain(Directory.GetDirectories(tree.Backups.Directory), directory => Path.GetFileName(directory) != ".journal");
            if (!died) break;
        }

        Assert.Equal([1, 2, 3], listed.Order());
    }

    [Fact]
    public async Task Directories_of_others_among_the_backups_are_left_alone()
    {
        await MakeBackupsAsync(_sample.Tree.Root, count: 2);
        string other = Path.Join(_sample.Tree.Backups.Directory, "2020-12-10_11-02-33");
        Directory.CreateDirectory(other);
        File.WriteAllText(Path.Join(other, "mine"), "mine");

        await _sample.Tree.Backups.PruneAsync(0, Token);

        Assert.Equal("mine", File.ReadAllText(Path.Join(other, "mine")));
        Assert.Empty(_sample.Tree.Backups.List());
    }

    [Fact]
    public async Task Link_in_a_backup_is_deleted_and_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        string[] ids = await MakeBackupsAsync(_sample.Tree.Root, count: 1);
        _sample.Write("/precious/file", "precious");
        File.CreateSymbolicLink(Path.Join(_sample.Tree.Backups.Directory, ids[0], "link"), _sample["/precious"]);

        await _sample.Tree.Backups.PruneAsync(0, Token);

        Assert.Equal("precious", _sample.Read("/precious/file"));
        Assert.False(Path.Exists(Path.Join(_sample.Tree.Backups.Directory, ids[0])));
    }

    [Fact]
    public async Task Restoring_a_backup_that_lacks_a_file_names_it_and_touches_nothing()
    {
        string[] ids = await MakeBackupsAsync(_sample.Tree.Root, count: 1);
        File.Delete(Path.Join(_sample.Tree.Backups.Directory, ids[0], SampleTree.Cli));
        SortedDictionary<string, string> before = TreeSnapshot.Of(_sample.Tree.Root);

        ConfigException e = await Assert.ThrowsAsync<ConfigException>(() => _sample.Tree.Backups.RestoreAsync(ids[0], Token));

        Assert.Equal(ConfigErrorCodes.NoBackup, e.Code);
        Assert.Contains($"'{ids[0]}'", e.Message, StringComparison.Ordinal);
        Assert.Contains($"it lacks '{SampleTree.Cli}'", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, TreeSnapshot.Of(_sample.Tree.Root));
    }

    public void Dispose() => _sample.Dispose();

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = default }))
        {
            string target = Path.Join(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static async Task<bool> DiesAsync(Func<Task> run)
    {
        try
        {
            await run();
            return false;
        }
        catch (MachineDiedException)
        {
            return true;
        }
    }

    // The newest first; the n-th of them holds what was there before the change to its number.
    private static async Task<string[]> MakeBackupsAsync(string root, int count)
    {
        var tree = new ConfigTree(root);
        Directory.CreateDirectory(Path.Join(root, "etc/one/cli"));
        File.WriteAllText(Path.Join(root, SampleTree.Oned), "PORT = 0\n");
        File.WriteAllText(Path.Join(root, SampleTree.Cli), "a: 0\n");
        for (int i = 1; i <= count; i++)
            await tree.PatchAsync(SampleTree.Patch($"{SampleTree.Oned} set PORT {i}\n{SampleTree.Cli} set a {i}"), cancellationToken: Token);
        return [.. tree.Backups.List().Select(b => b.Id)];
    }

    private static async Task AssertRestoresAsync(ConfigTree tree, ConfigBackup backup, int number)
    {
        await tree.Backups.RestoreAsync(backup.Id, Token);
        int expected = 2 - number;
        Assert.Equal($"PORT = {expected}\n", File.ReadAllText(Path.Join(tree.Root, SampleTree.Oned)));
        Assert.Equal($"a: {expected}\n", File.ReadAllText(Path.Join(tree.Root, SampleTree.Cli)));
    }
}
