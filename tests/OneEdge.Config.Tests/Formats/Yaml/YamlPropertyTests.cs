using CsCheck;
using OneEdge.Config.Formats;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Yaml;

public sealed class YamlPropertyTests
{
    private static IEnumerable<(string File, byte[] Bytes)> YamlStock() =>
        RealFiles.Stock().Select(s => (s.Name, Bytes: File.ReadAllBytes(s.File))).Where(
            s => ConfigFormat.Yaml.TryParse(SourceText.FromBytes(s.Bytes), out ConfigDocument? d, out _)
                && d.ToValue().Kind is ConfigValueKind.Map or ConfigValueKind.Array);

    [Fact]
    public void Text_is_what_was_read() =>
        Gen.Int.Sample(
            seed => new YamlSamples(seed).Document() is var text
                && (!ConfigFormat.Yaml.TryParse(SourceText.From(text), out ConfigDocument? document, out _) || document.ToString() == text), iter: 200);

    [Fact]
    public void Text_after_random_changes_holds_the_data_of_the_changes_and_Psych_agrees()
    {
        var texts = new List<byte[]>();
        int coarse = 0;
        for (int seed = 0; seed < 1500; seed++)
        {
            var samples = new YamlSamples(seed);
            if (!Format(seed).TryParse(SourceText.From(samples.Document()), out ConfigDocument? document, out _)) continue;
            texts.Add(ChangeRandomly(document, samples, ref coarse));
        }

        Assert.True(coarse <= texts.Count / 100, $"{coarse} of {texts.Count} texts were written anew.");
        Psych.AssertAgrees(texts);
    }

    [Fact]
    public void Stock_files_after_random_changes_hold_the_data_of_the_changes_and_Psych_agrees()
    {
        var texts = new List<byte[]>();
        int seed = 0;
        int coarse = 0;
        foreach ((_, byte[] bytes) in YamlStock())
            texts.Add(ChangeRandomly(Format(++seed).Parse(SourceText.FromBytes(bytes)), new YamlSamples(seed), ref coarse));

        Assert.True(texts.Count > 50);
        Assert.True(coarse <= texts.Count / 100, $"{coarse} of {texts.Count} texts were written anew.");
        Psych.AssertAgrees(texts);
    }

    [Fact]
    public void Inserting_and_removing_again_gives_the_same_bytes()
    {
        foreach ((string name, byte[] bytes) in YamlStock())
        {
            ConfigDocument document = ConfigFormat.Yaml.Parse(SourceText.FromBytes(bytes));
            if (document.ToValue().Kind != ConfigValueKind.Map || bytes[^1] != '\n') continue;
            ConfigApplyResult added = document.Apply(ConfigChange.Insert(":oneedge", ConfigValue.Map(("a", ConfigValue.Array(1, 2)))));

            Assert.True(bytes.AsSpan().SequenceEqual(added.Document.Apply(ConfigChange.Remove(":oneedge")).Text.Span), name);
        }
    }

    [Fact]
    public void Difference_of_two_stock_files_applied_to_the_one_gives_the_other()
    {
        string[] trees = [.. RealFiles.StockTrees()];
        int compared = 0;
        foreach ((string name, byte[] bytes) in YamlStock())
        {
            foreach (string newer in trees.Select(t => t + name).Where(File.Exists))
            {
                byte[] other = File.ReadAllBytes(newer);
                if (!ConfigFormat.Yaml.TryParse(SourceText.FromBytes(other), out _, out _)) continue;
                AssertTurnsInto(ConfigFormat.YamlStrict, bytes, other, name);
                AssertTurnsInto(ConfigFormat.Yaml, bytes, other, name);
                compared++;
            }
        }

        Assert.True(compared > 50);
    }

    [Fact]
    public void Difference_of_two_random_values_applied_to_the_one_gives_the_other() => Gen.Int.Sample(
        seed =>
        {
            var samples = new YamlSamples(seed);
            byte[] one = SourceEncoding.GetBytes(YamlWriter.Write(samples.Value(4), 2));
            AssertTurnsInto(ConfigFormat.YamlStrict, one, SourceEncoding.GetBytes(YamlWriter.Write(samples.Value(4), 2)), "random");
        },
        iter: 500);

    private static void AssertTurnsInto(ConfigFormat format, byte[] one, byte[] other, string name)
    {
        ConfigDocument older = format.Parse(SourceText.FromBytes(one));
        ConfigDocument newer = format.Parse(SourceText.FromBytes(other));
        ConfigApplyResult result = older.Apply(older.DiffTo(newer).Changes);

        // A change below an anchor has already been made below its alias when its turn comes.
        Assert.True(
            result.Outcomes.All(o => o.Status != ChangeStatus.Failed), $"{name}: {result.Outcomes.FirstOrDefault(o => o.Status == ChangeStatus.Failed)}");
        bool equal = format == ConfigFormat.YamlStrict ? result.Document.ToValue().Equals(newer.ToValue()) : result.Document.DiffTo(newer).IsEmpty;
        Assert.True(equal, name);
    }

    private static ConfigFormat Format(int seed) => seed % 2 == 0 ? ConfigFormat.Yaml : ConfigFormat.YamlStrict;

    private static byte[] ChangeRandomly(ConfigDocument document, YamlSamples samples, ref int coarse)
    {
        var editor = (YamlEditor)document.CreateEditor();
        for (int i = 0; i < 4; i++) editor.Apply(samples.Change(editor.Value));
        SourceText text = editor.ToSource();
        ConfigValue expected = editor.Value.IsNull ? ConfigValue.False : editor.Value;
        Assert.True(document.Format.Parse(text).ToValue().Equals(expected), $"{document}\n--- became\n{text}");
        if (editor.Detail != YamlEditDetail.Fine) coarse++;
        return text.Span.ToArray();
    }
}
