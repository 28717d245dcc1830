using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Laws;

/// <summary>The law of differences, over every pair of releases in the stock trees: the difference of A and B, applied to A, gives the data of B.</summary>
public sealed class StockDiffLawTests
{
    [Fact]
    public void Difference_applied_gives_the_data_of_the_newer_file() => ForEachPair((name, format, old, @new) =>
    {
        ConfigApplyResult result = old.Apply(old.DiffTo(@new).Changes);
        AssertSameData(name, @new, result);
    });

    [Fact]
    public void Difference_written_and_read_as_YAML_gives_the_data_of_the_newer_file() => ForEachPair((name, format, old, @new) =>
    {
        var patch = new ConfigPatch([new FilePatch(name, format, old.DiffTo(@new).Changes)]);
        AssertSameData(name, @new, old.Apply(ConfigPatch.ParseYaml(patch.ToYaml()).Files.SelectMany(f => f.Changes)));
    });

    [Fact]
    public void Difference_of_oned_conf_written_and_read_as_lines_gives_the_data_of_the_newer_file() => ForEachPair((name, format, old, @new) =>
    {
        if (format != ConfigFormat.Oned) return;
        IReadOnlyList<ConfigChange> changes = old.DiffTo(@new).Changes;

        // Lines can't say that an attribute with many values is one, unless its name is known to be.
        if (changes.Any(c => c.Multiple == true && !OneEdge.Config.Formats.OnedSchema.IsMultipleName(c))) return;
        var patch = new ConfigPatch([new FilePatch(name, format, changes)]);
        AssertSameData(name, @new, old.Apply(ConfigPatch.ParseLines(patch.ToLines()).Files.SelectMany(f => f.Changes)));
    });

    private static void ForEachPair(Action<string, ConfigFormat, ConfigDocument, ConfigDocument> check)
    {
        IReadOnlyList<string> trees = RealFiles.StockTrees();
        string[] names = [.. RealFiles.Stock().Select(f => f.Name).Distinct(StringComparer.Ordinal).Where(n => ConfigCatalog.Default.FormatOf(n) is not null)];
        foreach (string name in names)
        {
            ConfigFormat format = ConfigCatalog.Default.FormatOf(name)!;
            ConfigDocument[] versions =
            [
                .. trees.Select(t => t + name).Where(File.Exists).Select(f => format.Parse(SourceText.FromBytes(File.ReadAllBytes(f), name))),
            ];
            foreach (ConfigDocument old in versions)
            {
                foreach (ConfigDocument @new in versions) check(name, format, old, @new);
            }
        }
    }

    private static void AssertSameData(string name, ConfigDocument @new, ConfigApplyResult result)
    {
        // A change through one alias of a shared node does the work of the next ones; none may be refused.
        Assert.DoesNotContain(result.Outcomes, o => o.Status == ChangeStatus.Failed);
        Assert.True(result.Document.DiffTo(@new).IsEmpty, $"{name}: {string.Join("; ", result.Document.DiffTo(@new).Changes)}");
    }
}
