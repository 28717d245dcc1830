using System.Diagnostics;
using OneEdge.Files;
using OneEdge.Testing;

namespace OneEdge.Config.Tests.Trees;

/// <summary>Patches and upgrades of a tree in which something is not what it should be: the error names it, and nothing is touched.</summary>
public sealed class TreeFaultTests : IDisposable
{
    private readonly FaultTree _fault = new();

    public static TheoryData<string> Kinds() => [.. Saboteur.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Something_else_in_the_place_of_a_file_is_named_and_nothing_is_touched(string kind)
    {
        var clock = Stopwatch.StartNew();
        Saboteur.Replace(_fault, SampleTree.Cli, kind);

        await _fault.AssertPatchRefusedAsync(SampleTree.Cli, Saboteur.Reason(kind));
        await _fault.AssertFailsAsync(_fault.PlanUpgradeAsync, SampleTree.Cli.TrimStart('/'), Saboteur.Reason(kind));

        HangLimit.AssertNotReached(clock);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Something_else_that_takes_the_place_of_a_file_after_planning_is_named_and_nothing_is_touched(string kind)
    {
        PatchPlan patch = await _fault.Tree.PlanAsync(FaultTree.Patch, Token);
        UpgradePlan upgrade = await _fault.PlanUpgradeAsync();
        Saboteur.Replace(_fault, SampleTree.Cli, kind);

        await _fault.AssertFailsAsync(() => _fault.Tree.ApplyAsync(patch, Token), SampleTree.Cli.TrimStart('/'));
        await _fault.AssertFailsAsync(() => _fault.Tree.ApplyAsync(upgrade, Token), SampleTree.Cli.TrimStart('/'));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("# mine\n")]
    [InlineData("")]
    public async Task File_that_vanished_or_changed_after_planning_is_named_and_nothing_is_touched(string? now)
    {
        PatchPlan patch = await _fault.Tree.PlanAsync(FaultTree.Patch, Token);
        UpgradePlan upgrade = await _fault.PlanUpgradeAsync();
        if (now is null) File.Delete(_fault[SampleTree.Cli]);
        else File.WriteAllText(_fault[SampleTree.Cli], now);

        await _fault.AssertFailsAsync(() => _fault.Tree.ApplyAsync(patch, Token), $"Somebody changed, created or removed '{_fault[SampleTree.Cli]}'");
        await _fault.AssertFailsAsync(() => _fault.Tree.ApplyAsync(upgrade, Token), $"Somebody changed, created or removed '{_fault[SampleTree.Cli]}'");
    }

    [Fact]
    public async Task File_that_the_upgrade_removes_but_somebody_changed_after_planning_stays()
    {
        UpgradePlan upgrade = await _fault.PlanUpgradeAsync();
        Assert.Contains(upgrade.Files, f => f is { File: SampleTree.Kvm, Action: UpgradeAction.Remove });
        File.WriteAllText(_fault[SampleTree.Kvm], "MINE=1\n");

        await _fault.AssertFailsAsync(() => _fault.Tree.ApplyAsync(upgrade, Token), SampleTree.Kvm);
    }

    [Fact]
    public async Task Missing_file_is_named_and_nothing_is_touched()
    {
        File.Delete(_fault[SampleTree.Cli]);

        await _fault.AssertPatchRefusedAsync($"Unknown or missing file to patch '{SampleTree.Cli}'");
    }

    [Fact]
    public async Task Directory_that_is_a_link_out_of_the_root_is_named_and_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        string outside = _fault.Outside("cli/oneimage.yaml", SampleTree.CliText);
        Directory.Delete(_fault["/etc/one/cli"], recursive: true);
        File.CreateSymbolicLink(_fault["/etc/one/cli"], Path.GetDirectoryName(outside)!);

        await _fault.AssertPatchRefusedAsync(_fault["/etc/one/cli"], "is a symbolic link");
        await _fault.AssertFailsAsync(_fault.PlanUpgradeAsync, _fault["/etc/one/cli"], "is a symbolic link");

        Assert.Equal(SampleTree.CliText, File.ReadAllText(outside));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(outside)!));
    }

    [Fact]
    public void Huge_sparse_file_is_refused_by_its_size_without_being_read()
    {
        Saboteur.Replace(_fault, SampleTree.Oned, "sparse");
        long before = GC.GetAllocatedBytesForCurrentThread();

        PathRefusedException e = Assert.Throws<PathRefusedException>(
            () => LocalFileStore.Instance.Read(_fault[SampleTree.Oned], ConfigLimits.Default.MaxBytes));

        Assert.Contains("67108864 bytes", e.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    public void Dispose() => _fault.Dispose();
}
