using OneEdge.Files;

namespace OneEdge.Config.Tests.Trees;

public sealed class ConfigTreeTests : IDisposable
{
    private const string ThreeFiles = $"""
        {SampleTree.Oned} set PORT 2634
        {SampleTree.Cli} set :USER/:size 20
        {SampleTree.Kvm} set LANG "en"
        """;

    private readonly SampleTree _sample = new();

    private ConfigTree Tree => _sample.Tree;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plan_touches_nothing_and_shows_every_change()
    {
        PatchPlan plan = await Tree.PlanAsync(SampleTree.Patch(ThreeFiles + $"\n{SampleTree.Oned} rm NOPE"), Token);

        Assert.Equal(3, plan.AppliedCount);
        Assert.Equal(4, plan.ChangeCount);
        Assert.True(plan.CanApply);
        Assert.False(plan.IsComplete);
        Assert.Contains("-PORT = 2633 # default\n+PORT = 2634 # default\n", plan.ToUnifiedDiff(), StringComparison.Ordinal);
        Assert.Equal(SampleTree.OnedText, _sample.Read(SampleTree.Oned));
        Assert.False(Directory.Exists(_sample["/var/lib/one/backups"]));
    }

    [Fact]
    public async Task Applied_plan_changes_all_files_and_keeps_their_comments_and_modes()
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_sample[SampleTree.Oned], (UnixFileMode)0b110_100_000);

        PatchResult result = await Tree.PatchAsync(SampleTree.Patch(ThreeFiles), cancellationToken: Token);

        Assert.True(result.IsSaved);
        Assert.Equal("# main settings\nPORT = 2634 # default\nDB = [ BACKEND = \"sqlite\" ]\n", _sample.Read(SampleTree.Oned));
        Assert.Equal("# columns\n:USER:\n  :size: 20 # wide\n", _sample.Read(SampleTree.Cli));
        Assert.Equal("# shell\nexport LANG=en\n", _sample.Read(SampleTree.Kvm));
        if (!OperatingSystem.IsWindows()) Assert.Equal((UnixFileMode)0b110_100_000, File.GetUnixFileMode(_sample[SampleTree.Oned]));
    }

    [Fact]
    public async Task Backup_brings_the_old_files_back_and_can_itself_be_undone()
    {
        PatchResult patched = await Tree.PatchAsync(SampleTree.Patch(ThreeFiles), cancellationToken: Token);
        ConfigBackup listed = Assert.Single(Tree.Backups.List());
        Assert.Equal(patched.Backup!.Id, listed.Id);
        Assert.Equal(3, listed.Files.Count);

        ConfigBackup? undo = await Tree.Backups.RestoreAsync(listed.Id, Token);

        Assert.Equal(SampleTree.OnedText, _sample.Read(SampleTree.Oned));
        Assert.Equal(SampleTree.CliText, _sample.Read(SampleTree.Cli));
        await Tree.Backups.RestoreAsync(undo!.Id, Token);
        Assert.Contains("2634", _sample.Read(SampleTree.Oned), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backups_are_readable_by_their_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        PatchResult patched = await Tree.PatchAsync(SampleTree.Patch(ThreeFiles), cancellationToken: Token);

        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(patched.Backup!.Directory) & (UnixFileMode)0b000_111_111);
    }

    [Fact]
    public async Task Pruning_keeps_the_newest_backups()
    {
        foreach (int port in Enumerable.Range(3000, 4)) await Tree.PatchAsync(SampleTree.Patch($"{SampleTree.Oned} set PORT {port}"), cancellationToken: Token);
        string[] before = [.. Tree.Backups.List().Select(b => b.Id)];

        IReadOnlyList<ConfigBackup> deleted = await Tree.Backups.PruneAsync(keep: 1, Token);

        Assert.Equal(3, deleted.Count);
        Assert.Equal(before[0], Assert.Single(Tree.Backups.List()).Id);
    }

    [Fact]
    public async Task File_changed_since_the_plan_is_not_overwritten()
    {
        PatchPlan plan = await Tree.PlanAsync(SampleTree.Patch(ThreeFiles), Token);
        _sample.Write(SampleTree.Cli, ":USER: {}\n");

        await Assert.ThrowsAsync<FileConflictException>(() => Tree.ApplyAsync(plan, cancellationToken: Token));

        Assert.Equal(SampleTree.OnedText, _sample.Read(SampleTree.Oned));
        Assert.Equal(":USER: {}\n", _sample.Read(SampleTree.Cli));
    }

    [Fact]
    public async Task Refused_change_leaves_every_file_alone()
    {
        PatchResult result = await Tree.PatchAsync(
            SampleTree.Patch($"{SampleTree.Oned} set PORT 1\n{SampleTree.Cli} set :NOPE/:x 1"), cancellationToken: Token);

        Assert.False(result.IsSaved);
        Assert.Contains("Patch path 'NOPE' not found", result.Reason, StringComparison.Ordinal);
        Assert.Equal(SampleTree.OnedText, _sample.Read(SampleTree.Oned));
        Assert.Empty(Tree.Backups.List());
    }

    [Fact]
    public async Task Require_all_saves_nothing_when_one_change_does_not_apply()
    {
        PatchResult result = await Tree.PatchAsync(
            SampleTree.Patch($"{SampleTree.Oned} set PORT 1\n{SampleTree.Oned} rm NOPE"), new PatchOptions { RequireAll = true }, Token);

        Assert.False(result.IsSaved);
        Assert.Equal(SampleTree.OnedText, _sample.Read(SampleTree.Oned));
    }

    [Fact]
    public async Task Symbolic_link_is_refused_only_where_it_is_in_the_way()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need rights there.");
        File.CreateSymbolicLink(_sample["/etc/one/link.conf"], "oned.conf");
        Assert.True((await Tree.PatchAsync(SampleTree.Patch($"{SampleTree.Oned} set PORT 1"), cancellationToken: Token)).IsSaved);

        File.Delete(_sample[SampleTree.Cli]);
        File.CreateSymbolicLink(_sample[SampleTree.Cli], "../oned.conf");
        PatchResult refused = await Tree.PatchAsync(SampleTree.Patch($"{SampleTree.Cli} set a 1"), cancellationToken: Token);

        Assert.False(refused.IsSaved);
        Assert.Contains(_sample[SampleTree.Cli], refused.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/one/../../../etc/passwd")]
    [InlineData("/../x")]
    public async Task Name_cannot_leave_the_root(string file)
    {
        ConfigPatch patch = ConfigPatch.Empty.With(file, ConfigChange.Set("a", 1), ConfigFormat.Yaml);

        PatchResult result = await Tree.PatchAsync(patch, cancellationToken: Token);

        Assert.False(result.IsSaved);
        Assert.Contains("OEC0001", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tree_works_when_one_of_the_two_directories_is_missing()
    {
        Directory.Delete(_sample["/var/lib/one/remotes"], recursive: true);

        Assert.True((await Tree.PatchAsync(SampleTree.Patch($"{SampleTree.Oned} set PORT 1"), cancellationToken: Token)).IsSaved);
    }

    [Fact]
    public async Task Files_that_appear_meanwhile_stay()
    {
        PatchPlan plan = await Tree.PlanAsync(SampleTree.Patch(ThreeFiles), Token);
        _sample.Write("/etc/one/new.conf", "x");

        await Tree.ApplyAsync(plan, cancellationToken: Token);

        Assert.Equal("x", _sample.Read("/etc/one/new.conf"));
    }

    [Fact]
    public async Task Concurrent_patchers_wait_for_each_other_and_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(
            i => Task.Run(() => new ConfigTree(Tree.Root).PatchAsync(SampleTree.Patch($"{SampleTree.Oned} ins KEY{i} {i}")), Token)));

        ConfigDocument document = await Tree.ReadAsync(SampleTree.Oned, Token);
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal($"{i}", document.Find($"KEY{i}")!.ToString()));
    }

    [Fact]
    public async Task Backup_directory_may_lie_outside_of_the_root()
    {
        using var outside = new Testing.TemporaryDirectory();
        var tree = new ConfigTree(Tree.Root, new ConfigTreeOptions { BackupDirectory = outside["backups"] });

        PatchResult result = await tree.PatchAsync(SampleTree.Patch(ThreeFiles), cancellationToken: Token);

        Assert.StartsWith(outside.Path, result.Backup!.Directory, StringComparison.Ordinal);
        await tree.Backups.RestoreAsync(result.Backup.Id, Token);
        Assert.Equal(SampleTree.OnedText, _sample.Read(SampleTree.Oned));
    }

    [Fact]
    public async Task Unknown_file_suggests_near_names()
    {
        ConfigPatchException e = await Assert.ThrowsAsync<ConfigPatchException>(() => Tree.ReadAsync("/etc/one/ond.conf", Token));
        Assert.Contains("/etc/one/oned.conf", Assert.Single(e.Diagnostics).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_values_are_masked_for_people_and_kept_for_patches()
    {
        _sample.Write(SampleTree.Oned, "DB = [ BACKEND = \"mysql\", PASSWD = \"old-secret\" ]\n");
        ConfigPatch patch = SampleTree.Patch($"{SampleTree.Oned} set DB/PASSWD \"\\\"new-secret\\\"\"");

        PatchPlan plan = await Tree.PlanAsync(patch, Token);

        Assert.DoesNotContain("secret", plan.ToUnifiedDiff() + plan + plan.Changes.Single(), StringComparison.Ordinal);
        Assert.Contains("new-secret", plan.ToUnifiedDiff(maskSecrets: false), StringComparison.Ordinal);
        Assert.Contains("new-secret", patch.ToLines(), StringComparison.Ordinal);
    }

    public void Dispose() => _sample.Dispose();
}
