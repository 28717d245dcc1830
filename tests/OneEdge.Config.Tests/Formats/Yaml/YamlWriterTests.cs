using System.Text;
using OneEdge.Config.Formats;

namespace OneEdge.Config.Tests.Formats.Yaml;

public sealed class YamlWriterTests
{
    [Fact]
    public void Psych_reads_exactly_the_value_that_was_written()
    {
        var samples = new YamlSamples(7);
        ConfigValue[] values = [.. Enumerable.Range(0, 3000).Select(i => samples.Value(i % 5))];

        IReadOnlyList<string> read = Psych.Read([.. values.Select((v, i) => Encoding.UTF8.GetBytes(YamlWriter.Write(v, i % 2 == 0 ? 2 : 4)))]);

        for (int i = 0; i < values.Length; i++) Assert.Equal(Psych.Dump(values[i]), read[i]);
    }

    [Fact]
    public void Document_looks_as_Psych_writes_it()
    {
        ConfigValue value = ConfigValue.Map(
            ("list", ConfigValue.Array("a", ConfigValue.Map(("x", 1), ("y", ConfigValue.Array()))))!,
            ("text", "l1\nl2\n"),
            ("null", ConfigValue.Null),
            ("sym", ConfigValue.Symbol("a b")));

        Assert.Equal("---\nlist:\n- a\n- x: 1\n  \"y\": []\ntext: |\n  l1\n  l2\n'null':\nsym: :a b\n", YamlWriter.Write(value, 2));
    }
}
