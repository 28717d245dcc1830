using System.Globalization;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Budgets;

/// <summary>Work that grows with the size of a file, and no faster; counted in allocations, which do not depend on the machine.</summary>
[Collection(nameof(Alone))]
public sealed class ScalingTests
{
    private const int LittleMore = 8192;

    [Theory]
    [InlineData(1_000)]
    [InlineData(30_000)]
    public void One_change_of_a_shell_file_costs_one_copy_of_its_text(int variables)
    {
        ConfigDocument document = ConfigFormat.Shell.Parse(Shell(variables));
        foreach (ConfigChange change in (ConfigChange[])[ConfigChange.Set("V1", "\"new\""), ConfigChange.Insert("NEW", "1"), ConfigChange.Remove("V2")])
            Assert.InRange(AllocationMeter.Least(() => document.Apply(change)), document.Source.Length - 100, document.Source.Length + LittleMore);
    }

    [Fact]
    public void One_change_of_a_shell_file_with_many_lists_of_exports_costs_one_copy_of_its_text()
    {
        ConfigDocument document = ConfigFormat.Shell.Parse(Lines(20_000, i => $"V{i}=1\nexport V{i} W{i}\n"));
        Assert.InRange(AllocationMeter.Least(() => document.Apply(ConfigChange.Remove("V7"))), document.Source.Length - 100, document.Source.Length + LittleMore);
    }

    [Theory]
    [InlineData("A=1\n")]
    [InlineData("A=1;")]
    [InlineData("export A\n")]
    [InlineData("# c\n")]
    [InlineData("if x; then\n  A=1\nfi\n")]
    public void Eight_times_as_much_shell_text_allocates_at_most_nine_times_as_much(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 5_000));
        SourceText once = SourceText.From(text);
        SourceText eightTimes = SourceText.From(string.Concat(Enumerable.Repeat(text, 8)));
        AssertLinear(() => ConfigFormat.Shell.Parse(once), () => ConfigFormat.Shell.Parse(eightTimes));
    }

    [Fact]
    public void Eight_times_as_many_changes_of_a_shell_file_allocate_at_most_nine_times_as_much()
    {
        ConfigDocument document = ConfigFormat.Shell.Parse(Shell(16_000));
        ConfigChange[] changes = [.. Enumerable.Range(0, 16_000).Select(i => i % 2 == 0 ? ConfigChange.Set($"V{i}", "2") : ConfigChange.Remove($"V{i}"))];
        AssertLinear(() => document.Apply(changes[..2_000]), () => document.Apply(changes));
    }

    [Theory]
    [InlineData("oned")]
    [InlineData("yaml")]
    [InlineData("yaml-strict")]
    public void Eight_times_as_large_a_file_allocates_at_most_nine_times_as_much_to_read_and_to_change(string format)
    {
        ConfigFormat of = ConfigFormat.All.Single(f => f.Name == format);
        Func<int, FormattableString> line = format == "oned" ? i => $"K{i} = \"v\"\nVM_MAD = [ NAME = \"k{i}\", A = 1 ]\n"
            : i => $"K{i}:\n  a: {i}\n  l: [x, y]\n";
        ConfigDocument small = of.Parse(Lines(500, line));
        ConfigDocument large = of.Parse(Lines(4_000, line));
        ConfigChange change = ConfigChange.Set(format == "oned" ? "K7" : "K7/a", "9");
        AssertLinear(() => of.Parse(small.Source), () => of.Parse(large.Source));
        AssertLinear(() => Assert.True(small.Apply(change).IsComplete), () => Assert.True(large.Apply(change).IsComplete));
    }

    [Fact]
    public void Warning_for_each_of_many_repeated_names_has_its_place()
    {
        const int names = 20_000;
        ConfigDocument document = ConfigFormat.Shell.Parse(Lines(2 * names, i => $"V{i % names}={i}\n"));
        Assert.Equal(Enumerable.Range(names + 1, names), document.Diagnostics.Select(d => d.Position!.Value.Line));
        Assert.All(document.Diagnostics, d => Assert.Equal(1, d.Position!.Value.Column));
    }

    [Fact]
    public void Many_changes_of_a_small_file_cost_in_step_with_their_number()
    {
        ConfigDocument document = ConfigFormat.Shell.Parse(Lines(50, i => $"export V{i}=1 # c\n"));
        ConfigChange[] changes = [.. Enumerable.Range(0, 10_000).Select(i => i % 3 == 0 ? ConfigChange.Insert($"N{i}", i) : ConfigChange.Set($"V{i % 50}", i))];
        AssertLinear(() => document.Apply(changes[..1_250]), () => document.Apply(changes));
    }

    private static void AssertLinear(Action once, Action eightTimes)
    {
        long small = AllocationMeter.Least(once);
        long large = AllocationMeter.Least(eightTimes);
        Assert.True(large <= (small * 9) + LittleMore, $"{small} bytes for one part, {large} for eight");
    }

    private static string Shell(int variables) => Lines(variables, i => $"# What variable {i} is for.\nexport V{i}=\"value {i}\"\n");

    private static string Lines(int count, Func<int, FormattableString> line) =>
        string.Concat(Enumerable.Range(0, count).Select(i => line(i).ToString(CultureInfo.InvariantCulture)));
}
