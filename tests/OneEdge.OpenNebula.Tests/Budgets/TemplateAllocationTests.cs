using System.Globalization;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.OpenNebula.Tests.Budgets;

/// <summary>What templates may allocate: unlike time, that does not depend on the machine.</summary>
[Collection(nameof(Alone))]
public sealed class TemplateAllocationTests
{
    private const int LittleMore = 8192;

    [Fact]
    public void Reading_allocates_less_than_three_bytes_for_each_byte_of_a_usual_template()
    {
        SourceText text = SourceText.From(Machines(1_000));
        Assert.InRange(AllocationMeter.Least(() => OpenNebulaTemplate.Parse(text)), 1, 3L * text.Length);
    }

    [Fact]
    public void Reading_the_densest_template_allocates_less_than_twenty_bytes_for_each_byte()
    {
        SourceText text = SourceText.From(string.Concat(Enumerable.Repeat("A=\n", 100_000)));
        Assert.InRange(AllocationMeter.Least(() => OpenNebulaTemplate.Parse(text)), 1, 20L * text.Length);
    }

    [Fact]
    public void Eight_times_as_much_text_allocates_at_most_nine_times_as_much_to_read_and_to_change()
    {
        SourceText small = SourceText.From(Machines(500));
        SourceText large = SourceText.From(Machines(4_000));
        AssertLinear(() => OpenNebulaTemplate.Parse(small), () => OpenNebulaTemplate.Parse(large));
        OpenNebulaTemplate few = OpenNebulaTemplate.Parse(small);
        OpenNebulaTemplate many = OpenNebulaTemplate.Parse(large);
        AssertLinear(() => few.With("CPU_7", "2"), () => many.With("CPU_7", "2"));
        AssertLinear(() => few.Stored(), () => many.Stored());
    }

    [Fact]
    public void Looking_up_a_value_allocates_only_its_text()
    {
        OpenNebulaTemplate template = OpenNebulaTemplate.Parse(Machines(1_000));
        // Code that is not optimised yet adds an object or two; the text of a thousand machines would be 100,000 bytes.
        Assert.InRange(AllocationMeter.Least(() => template.Get("CPU_999")), 1, 200);
    }

    private static string Machines(int count) => string.Concat(Enumerable.Range(0, count).Select(i => string.Create(
        CultureInfo.InvariantCulture,
        $"# Machine {i}\nCPU_{i} = \"0.5\"\nDISK = [ IMAGE = \"a system image\", DEV_PREFIX = \"vd\" ]\nNIC = [ NETWORK = \"the network\" ]\n")));

    private static void AssertLinear(Action once, Action eightTimes)
    {
        long small = AllocationMeter.Least(once);
        long large = AllocationMeter.Least(eightTimes);
        Assert.True(large <= (small * 9) + LittleMore, $"{small} bytes for one part, {large} for eight");
    }
}
