using OneEdge.Fuzz;
using OneEdge.Fuzz.Targets;

namespace OneEdge.Config.Tests.Fuzzing;

/// <summary>A short run of every fuzz target; <c>docs/testing.md</c> tells of the long ones.</summary>
public sealed class FuzzSmokeTests
{
    public static TheoryData<string> Targets => [.. FuzzTargets.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Two_thousand_mutated_inputs_keep_every_law(string name)
    {
        FuzzTarget target = FuzzTargets.All.Single(t => t.Name == name);
        var run = new FuzzRun(target, Corpus.Of(target, directory: null, withVectors: false), seed: 20261127);
        for (int i = 0; i < 2000; i++)
        {
            Finding? finding = run.Execute(i);
            Assert.True(finding is null, $"execution {i}: {finding?.Failure}\ninput: {FuzzTarget.Show(finding?.Input)}");
        }

        // A run in which nothing gets past the readers, or everything does, tests little.
        Assert.InRange(run.Accepted, 50, 1999);
    }

    [Fact]
    public void Inputs_depend_on_seed_and_number_alone()
    {
        var target = new OnedTarget();
        IReadOnlyList<byte[]> corpus = Corpus.Of(target, directory: null, withVectors: false);
        byte[][] tokens = [.. target.Tokens.Select(t => OneEdge.Text.SourceEncoding.GetBytes(t))];
        var one = new Mutator(corpus, tokens);
        var other = new Mutator(corpus, tokens);
        byte[][] first = [.. Enumerable.Range(0, 50).Select(i => one.Next(new Chance(7, i)))];
        byte[][] second = [.. Enumerable.Range(0, 50).Reverse().Select(i => other.Next(new Chance(7, i))).Reverse()];
        Assert.Equal(first, second);
        Assert.NotEqual(first, [.. Enumerable.Range(0, 50).Select(i => one.Next(new Chance(8, i)))]);
    }

    [Fact]
    public void Broken_law_is_found_and_its_input_reduced()
    {
        var run = new FuzzRun(new NoHash(), ["abc"u8.ToArray()], seed: 1);
        Finding finding = Enumerable.Range(0, 1000).Select(i => run.Execute(i)).First(f => f is not null)!;
        Assert.Equal("no hash", finding.Law);
        Assert.Equal("#"u8, run.Reduce(finding));
    }

    private sealed class NoHash : FuzzTarget
    {
        public override string Name => "no-hash";

        public override IReadOnlyList<string> Seeds => ["abc"];

        public override IReadOnlyList<string> Tokens => ["#", "x"];

        public override bool Execute(byte[] input, Chance chance)
        {
            OracleException.Check(!input.Contains((byte)'#'), "no hash", () => Show(input));
            return true;
        }
    }
}
