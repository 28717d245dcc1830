using System.Globalization;
using System.Text;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Budgets;

/// <summary>What the hot paths may allocate: unlike time, that does not depend on the machine.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests
{
    [Fact]
    public void Parsing_a_stock_oned_conf_allocates_less_than_four_bytes_for_each_of_its_bytes()
    {
        foreach ((string file, _) in RealFiles.Stock().Where(f => Path.GetFileName(f.File) == "oned.conf"))
        {
            SourceText text = SourceText.FromBytes(File.ReadAllBytes(file));
            Assert.InRange(AllocationMeter.Least(() => ConfigFormat.Oned.Parse(text)), 1, 4L * text.Length);
        }
    }

    [Fact]
    public void Parsing_dense_oned_conf_allocates_less_than_four_bytes_for_each_of_its_bytes()
    {
        SourceText text = SourceText.From(Attributes(20_000));
        Assert.InRange(AllocationMeter.Least(() => ConfigFormat.Oned.Parse(text)), 1, 4L * text.Length);
    }

    [Fact]
    public void One_change_allocates_no_more_than_the_new_text_and_a_little_for_each_attribute()
    {
        const int attributes = 300;
        ConfigDocument document = ConfigFormat.Oned.Parse("PORT = 2633\n" + Attributes(attributes));
        ConfigChange change = ConfigChange.Set("PORT", "1000");
        Assert.InRange(AllocationMeter.Least(() => document.Apply(change)), document.Source.Length, document.Source.Length + (attributes * 400) + 8192);
    }

    [Theory]
    [InlineData("VM_RESTRICTED_ATTR")]
    [InlineData("UNKNOWN")]
    public void Ten_times_as_many_inserts_allocate_at_most_eleven_times_as_much(string attribute)
    {
        ConfigDocument document = ConfigFormat.Oned.Parse("VM_RESTRICTED_ATTR = a\n");
        ConfigChange[] changes =
        [
            .. Enumerable.Range(0, 10_000).Select(i => ConfigChange.Insert(attribute, "v" + i.ToString("00000", CultureInfo.InvariantCulture))),
        ];
        long thousand = AllocationMeter.Least(() => document.Apply(changes[..1000]));
        long tenThousand = AllocationMeter.Least(() => document.Apply(changes));
        Assert.True(tenThousand <= thousand * 11, $"{thousand} bytes for 1,000 inserts, {tenThousand} for 10,000");
    }

    [Fact]
    public void A_change_line_allocates_less_than_a_kilobyte()
    {
        string lines = string.Concat(
            Enumerable.Range(0, 10_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"/etc/one/oned.conf set KEY_{i % 50} \"{i}\"\n")));
        Assert.InRange(AllocationMeter.Least(() => ConfigPatch.ParseLines(lines)), 1, 10_000L * 1024);
    }

    [Fact]
    public void Parsing_YAML_allocates_in_proportion_to_its_size()
    {
        string item = "  - :name: a\n    :size: 5\n    :list: [a, b]\n";
        long small = AllocationMeter.Least(() => ConfigFormat.Yaml.Parse(":all:\n" + Repeat(item, 300)));
        long large = AllocationMeter.Least(() => ConfigFormat.Yaml.Parse(":all:\n" + Repeat(item, 3000)));
        Assert.True(large <= small * 11, $"{small} bytes for 300 items, {large} for 3,000");
    }

    private static string Attributes(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"KEY_{i % 200} = \"value {i}\"\n")));

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();
}
