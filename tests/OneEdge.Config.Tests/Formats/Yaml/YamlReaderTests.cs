using System.Text;
using OneEdge.Testing;

namespace OneEdge.Config.Tests.Formats.Yaml;

public sealed class YamlReaderTests
{
    private static readonly string[] Tricky =
    [
        "", "# only", "---\n", "---\n...\n", "a", "a: 1", ":a: [1]\n:b: 1\n", "{:b: 1}", "{a:}", "{a: }", "{a, b: 1}", "[a, , b]", "[a,]", "[,a]", "[a: b]",
        "[? a]", "[? , a]", "[?]", "{?a: 1}", "[a?b]", "[::a]",
        "? [a]\n: b", "? a\n? b\n", ": a", "a: &x\nb: 1", "-", "- - a\n  - b", "-   a: 1\n    b: 2", "- -\ta: 1", "-\ta", "a:\n\t- b", ":a:\t1\n\t:b: 2\n",
        "<<: 1", "%YAML 1.3\n---\na", "%YAML 1.2\n---\na", "%FOO\n---\na",
        "%TAG !e! tag:e,2000:\n---\n!e!x a", "!e!x a", "a: |\n  x", "a: |2\n    x\n", "a: |+\n  x\n\n\nb: 1", "a: >\n  x\n  y\n\n    z\n  w\n",
        "a: >-\n\n  x\n", "a: |\n\n\n  x\n y", "a: |0\n x", "x: !!int \"5\"", "x: !!float 5",
        "x: !!float x", "x: !!str 5", "x: ! '5'", "x: !!null ''", "x: !!bool yes", "x: !ruby/symbol a b", "x: !ruby/sym 5", "x: !ruby/object:Object {}",
        "x: !ruby/object:Hash {a: 1}", "x: !!set {a}", "x: !!omap [a: 1]",
        "x: !binary aGVsbG8=", "x: !binary /w==", "x: !foo bar", "x: !foo [1]", "x: !foo {a: 1}", "*a", "a: &x 1\nb: *x",
        "a: &x {p: 1}\nb: {<<: *x, q: 2}\nc: {p: 3, <<: *x}\nd: {<<: [*x, {p: 9, r: 1}]}",
        "a: &x 1\nb: {<<: *x}", "a: {\"<<\": {b: 1}}", "a: {!!str <<: {b: 1}}", ":a: 1\n:a: 2\n:b: 3\n", "\"a\"\n\"b\" @", "a\n...\n@", "a: b: c",
        "a:\n  b\n c: d", "a: 'x\n\n  y'", "a: \"x\\\n  y\\n\\x41\\u00e9\\U0001F600\\_\\N\"",
        "\"\\q\"", "\"\\ud800\"", "'a", "\"a", "[a", "{a", "a: [1\nb: 2", "- a\nb: 1", "a: 1\n- b", " a: 1\nb: 2", "a: 1\n b: 2", "@a", "`a", "%a", "a: @b",
        "a: b #c", "a: b#c", "a: #c", "\"a\"#c", "a\u0085b: 1", "a: x\u2028y", "\r\na: 1\r\n",
        "a: 1\rb: 2", "a: 0755\nb: 0o17\nc: 0x1F\nd: 1_000\ne: 12:30\nf: 1,000\ng: 089\nh: 0b11\ni: -0x1f\nj: +1\nk: 12:30:45\nl: 1:2:3.5\nm: -1:30",
        "a: 1e3\nb: 1.5e3\nc: 1.5e+3\nd: .5\ne: 5.\nf: .\ng: -.inf\nh: .NaN\ni: +.INF",
        "a: .e+1", "a: 0b_", "a: 0x", "a: 0x_", "a: yes\nb: Off\nc: y\nd: N\ne: TRUE\nf: Null\ng: ~", "a: :\"a b\"\nb: :'c'\nc: ::x\nd: :\":q\"x\ne: :\nf: :1",
        "a: 2020-01-01", "a: 2020-01-01 10:00:00 +0000", "a: 2020-13-01", "a: '2020-01-01'",
        "a: no\n\n  b", "é: ü\n東: 京\n", "a: 😀", "? |\n  k\n: v", "? - a\n  - b\n: - c", "a: !<tag:yaml.org,2002:str> 5", "a: !!str\nb: 1",
        "&a a: &b b\n*a : *b", "- &a x\n- *a", "a: {b: [c, {d: e}], f: }", "{a: 1\n}", "[a\n]", "k: [a,\n  b]\n", "k: [a,\nb]\n",
    ];

    [Fact]
    public void Tricky_texts_are_read_as_Psych_reads_them() => Psych.AssertAgrees([.. Tricky.Select(Encoding.UTF8.GetBytes)]);

    [Fact]
    public void Real_and_recorded_files_are_read_as_Psych_reads_them()
    {
        string recorded = Path.Combine(ConformanceData.Area("config"), "files");
        Psych.AssertAgrees([.. RealFiles.Stock().Select(s => s.File).Concat(Directory.EnumerateFiles(recorded)).Select(File.ReadAllBytes)]);
    }

    [Fact]
    public void Random_texts_are_read_as_Psych_reads_them()
    {
        var samples = new YamlSamples(20261124);
        Psych.AssertAgrees(
            [.. Enumerable.Range(0, 4000).Select(_ => samples.Noise()), .. Enumerable.Range(0, 500).Select(_ => Encoding.UTF8.GetBytes(samples.Document()))]);
    }

    [Fact]
    public void Aliases_give_the_same_value_object()
    {
        ConfigValue value = ConfigFormat.Yaml.Parse("a: &x {p: 1}\nb: *x\n").ToValue();

        Assert.Same(value.Find("a"), value.Find("b"));
    }

    [Fact]
    public void Repeated_key_is_a_warning_and_the_last_value_counts()
    {
        ConfigDocument document = ConfigFormat.Yaml.Parse(":a: 1\n:b: 2\n:a: 3\n", "x.yaml");

        Assert.Equal(3, document.Find(":a"));
        Assert.Equal(
            "x.yaml(3,1): warning OEC1033: The key ':a' occurs twice in this map; the last value counts. (remove one of them)",
            Assert.Single(document.Diagnostics).ToString());
    }

    [Theory]
    [InlineData(":a: [1\n", "did not find expected ',' or ']' while parsing a flow sequence", 1, 5)]
    [InlineData(":a:\t1\n\t:b: 2\n", "found a tab character that violates indentation while scanning a plain scalar", 1, 5)]
    [InlineData("{:b: 1}", "did not find expected node content while parsing a flow node", 1, 2)]
    [InlineData(":a: 2020-01-01\n", "Tried to load unspecified class: Date", 1, 5)]
    [InlineData("a: *b\n", "Unknown alias: b", 1, 4)]
    public void Error_has_the_text_and_the_place_of_the_original(string text, string message, int line, int column)
    {
        Diagnostic error = Assert.Throws<ConfigSyntaxException>(() => ConfigFormat.Yaml.Parse(text)).Diagnostics[0];

        Assert.Equal(message, error.Message);
        Assert.Equal((line, column), (error.Position!.Value.Line, error.Position.Value.Column));
    }

    [Fact]
    public void Byte_order_mark_is_not_part_of_the_first_key()
    {
        ConfigDocument document = ConfigFormat.Yaml.Parse("\uFEFFa: 1\nb: 2\n");

        Assert.Equal(2, document.Find("b"));
        Assert.Equal("\uFEFFa: 1\nb: 3\n", document.Apply(ConfigChange.Set("b", 3)).Text.ToString());
    }

    [Fact]
    public void Values_are_found_and_enumerated_by_path()
    {
        ConfigDocument document = ConfigFormat.Yaml.Parse("a: {b: [1, {c: 2}]}\n:s: ~\n");

        Assert.Equal(["a/b/0=1", "a/b/1/c=2", ":s="], document.Enumerate().Select(e => $"{e.Key}={e.Value}"));
        Assert.Equal(2, document.Find(["a", "b", 1, "c"]));
        Assert.Null(document.Find("a/x"));
    }
}
