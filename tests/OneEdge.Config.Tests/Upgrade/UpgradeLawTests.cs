using CsCheck;
using OneEdge.Config.Formats;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Upgrade;

/// <summary>The laws of upgrades of one file, over every file of every ordered pair of stock releases, with random edits of a user.</summary>
public sealed class UpgradeLawTests
{
    private static readonly StockPair[] Changed = [.. StockPair.All.Where(p => !p.Old.Span.SequenceEqual(p.New.Span))];
    private static readonly Gen<(StockPair Pair, SourceText Mine)> Edited =
        from pair in Gen.Int[0, Changed.Length - 1].Select(i => Changed[i])
        from script in UserEdits.Script
        select (pair, UserEdits.Run(pair.Format, pair.Old, script));

    [Fact]
    public void Undecided_plan_has_the_data_of_the_merge_and_a_conflict_exactly_where_both_changed() =>
        Edited.Sample((pair, mine) => Check(pair, mine, ConflictChoice.Fail), iter: 1500, print: Show);

    [Fact]
    public void Conflicts_decided_for_mine_have_the_values_of_the_user() => Edited.Sample((pair, mine) => Check(pair, mine, ConflictChoice.Mine), iter: 1500, print: Show);

    [Fact]
    public void Conflicts_decided_for_new_have_the_values_of_the_release() => Edited.Sample((pair, mine) => Check(pair, mine, ConflictChoice.New), iter: 500, print: Show);

    private static string Show((StockPair Pair, SourceText Mine) sample) =>
        $"{sample.Pair}\n{UnifiedDiff.Create(sample.Pair.Old, sample.Mine, "old", "mine")}";

    private static void Check(StockPair pair, SourceText mine, ConflictChoice choice)
    {
        UpgradeFilePlan plan = pair.Plan(mine, choice);
        var oracle = new UpgradeOracle(pair.Format, takeMine: choice == ConflictChoice.Mine);
        ConfigValue? expected = oracle.Merge(ConfigPath.Root, pair.Data(pair.Old), pair.Data(mine), pair.Data(pair.New));

        Assert.All(plan.Conflicts, c => Assert.Equal(choice, c.Choice));
        Assert.Equal(oracle.Conflicts.Order(StringComparer.Ordinal), plan.Conflicts.Select(c => c.Path.ToString()).Order(StringComparer.Ordinal));
        Assert.True(oracle.Same(expected, pair.Data(plan.After!)), $"{pair}\nexpected {expected}\nactual   {pair.Data(plan.After!)}");
    }
}
