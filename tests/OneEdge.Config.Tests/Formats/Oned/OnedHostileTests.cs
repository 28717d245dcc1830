using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Oned;

[Collection(nameof(Alone))]
public sealed class OnedHostileTests
{
    [Theory]
    [InlineData("A = \"", "x\n")]
    [InlineData("", "A = \"\n")]
    [InlineData("", "A = \"\\x\n")]
    [InlineData("S = [\n", "A = 1,\n")]
    [InlineData("S = [\n", "# c\n")]
    [InlineData("", "S = [\n")]
    [InlineData("", "S = [ A = 1]\n# c\n")]
    [InlineData("", "[")]
    [InlineData("", "\0")]
    [InlineData("", "bad line\n")]
    [InlineData("A = ", "x")]
    public void Ten_megabytes_of_it_are_read_or_refused_with_few_findings(string start, string repeated)
    {
        string text = start + string.Concat(Enumerable.Repeat(repeated, 10_000_000 / repeated.Length));
        bool read = ConfigFormat.Oned.TryParse(SourceText.From(text), out _, out IReadOnlyList<Diagnostic> diagnostics);
        Assert.InRange(diagnostics.Count, read ? 0 : 1, 101);
    }

    [Fact]
    public void Values_past_the_limit_are_refused_by_its_name()
    {
        var limits = new ConfigLimits { MaxExpandedValues = 10 };
        Assert.False(ConfigFormat.Oned.TryParse(
            SourceText.From(string.Concat(Enumerable.Repeat("A = 1\n", 11))), out _, out IReadOnlyList<Diagnostic> diagnostics, limits));
        Assert.Equal(ConfigErrorCodes.Limit, diagnostics[^1].Code);
    }

    [Theory]
    [InlineData("ins VM_RESTRICTED_ATTR")]
    [InlineData("set E")]
    [InlineData("ins S/N")]
    public void Work_for_changes_grows_with_their_number(string line)
    {
        long thousand = Allocated(line, 1000);
        long tenThousand = Allocated(line, 10_000);
        Assert.True(tenThousand < thousand * 14, $"{thousand} bytes for 1,000 changes, {tenThousand} for 10,000");
    }

    private static long Allocated(string line, int count)
    {
        string separator = line.StartsWith("ins S/", StringComparison.Ordinal) ? "{0} 1" : " \"{0}\"";
        IEnumerable<string> lines = Enumerable.Range(0, count).Select(i => "/f " + line + separator.Replace("{0}", "v" + i, StringComparison.Ordinal));
        IReadOnlyList<ConfigChange> changes = OnedCase.ReadLines(string.Join('\n', lines))!;
        ConfigDocument document = ConfigFormat.Oned.Parse("E = 1\nS = [ A = 1 ]\nVM_RESTRICTED_ATTR = a\n");
        return AllocationMeter.Least(() => Assert.True(document.Apply(changes).IsComplete));
    }
}
