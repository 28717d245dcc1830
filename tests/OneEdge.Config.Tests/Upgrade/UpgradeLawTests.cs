using System.Globalization;
using CsCheck;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Upgrade;

/// <summary>The laws of upgrades of one file, over every file of every ordered pair of stock releases, with random edits of a user.</summary>
public sealed class UpgradeLawTests
{
    private static readonly int Samples = int.Parse(Environment.GetEnvironmentVariable("ONEEDGE_UPGRADES") ?? "60", CultureInfo.InvariantCulture);
    private static readonly StockPair[] Changed = [.. StockPair.All.Where(p => !p.Old.Span.SequenceEqual(p.New.Span))];
    private static readonly Gen<(StockPair Pair, SourceText Mine)> Edited =
        from pair in Gen.Int[0, Changed.Length - 1].Select(i => Changed[i])
        from script in UserEdits.Script
        select (pair, UserEdits.Run(pair.Format, pair.Old, script));

    [Fact]
    public void Undecided_plan_has_the_data_of_the_merge_and_a_conflict_exactly_where_both_changed() =>
        Edited.Sample((pair, mine) => CheckData(pair, mine, ConflictChoice.Fail), iter: Samples, print: Show);

    [Fact]
    public void Conflicts_decided_for_mine_have_the_values_of_the_user() =>
        Edited.Sample((pair, mine) => CheckData(pair, mine, ConflictChoice.Mine), iter: Samples, print: Show);

    [Fact]
    public void Conflicts_decided_for_new_have_the_values_of_the_release() =>
        Edited.Sample((pair, mine) => CheckData(pair, mine, ConflictChoice.New), iter: Samples / 2, print: Show);

    [Fact]
    public void Upgraded_file_is_not_changed_by_the_same_upgrade_again() => Edited.Sample(
        (pair, mine) =>
        {
            foreach (ConflictChoice choice in (ConflictChoice[])[ConflictChoice.Mine, ConflictChoice.New])
            {
                SourceText after = pair.Plan(mine, choice).After!;
                UpgradeFilePlan again = pair.Plan(after, choice);
                Assert.True(new UpgradeOracle(pair.Format, takeMine: true).Same(pair.Data(after), pair.Data(again.After!)), choice.ToString());
                Assert.Equal(UpgradeAction.Keep, pair.Plan(pair.New, after, pair.New, choice).Action);
            }
        },
        iter: Samples / 2,
        print: Show);

    [Fact]
    public void Comments_of_the_release_are_kept_in_their_order_unless_something_was_removed() => Edited.Sample(
        (pair, mine) =>
        {
            UpgradeFilePlan plan = pair.Plan(mine, ConflictChoice.Mine);
            if (plan.Carried.Any(o => o.Change.Kind == ChangeKind.Remove || IsCollection(o.Change.Value) || IsCollection(o.Change.Old))) return;
            AssertInOrder(Comments(pair.New), Comments(plan.After!));
        },
        iter: Samples,
        print: Show);

    [Fact]
    public void Unedited_file_becomes_the_new_stock_file_byte_for_byte() =>
        Assert.All(StockPair.All, pair => Assert.Equal(pair.New.Bytes, pair.Plan(pair.Old, ConflictChoice.Fail).After!.Bytes));

    [Fact]
    public void File_that_the_release_does_not_change_stays_byte_for_byte() => Edited.Sample(
        (pair, mine) => Assert.Equal(mine.Bytes, pair.Plan(pair.Old, mine, pair.Old, ConflictChoice.Fail).After!.Bytes),
        iter: Samples / 2,
        print: Show);

    private static void CheckData(StockPair pair, SourceText mine, ConflictChoice choice)
    {
        UpgradeFilePlan plan = pair.Plan(mine, choice);
        var oracle = new UpgradeOracle(pair.Format, takeMine: choice == ConflictChoice.Mine);
        ConfigValue? expected = oracle.Merge(ConfigPath.Root, pair.OldData, pair.Data(mine), pair.NewData);

        Assert.All(plan.Conflicts, c => Assert.Equal(choice, c.Choice));
        Assert.Equal(oracle.Conflicts.Order(StringComparer.Ordinal), plan.Conflicts.Select(c => c.Path.ToString()).Order(StringComparer.Ordinal));
        Assert.True(oracle.Same(expected, pair.Data(plan.After!)), $"expected {expected}\nactual   {pair.Data(plan.After!)}");
    }

    private static bool IsCollection(ConfigValue? value) => value?.Kind is ConfigValueKind.Array or ConfigValueKind.Map;

    private static string[] Comments(SourceText text) =>
        [.. text.ToString().Split('\n').Where(line => line.Contains('#', StringComparison.Ordinal)).Select(
            line => line[line.IndexOf('#', StringComparison.Ordinal)..].TrimEnd())];

    private static void AssertInOrder(string[] expected, string[] actual)
    {
        int found = 0;
        foreach (string comment in actual)
        {
            if (found < expected.Length && comment == expected[found]) found++;
        }

        Assert.True(found == expected.Length, found < expected.Length ? $"lost: {expected[found]}" : "");
    }

    private static string Show((StockPair Pair, SourceText Mine) sample) =>
        $"{sample.Pair}\n{UnifiedDiff.Create(sample.Pair.Old, sample.Mine, "old", "mine")}";
}
