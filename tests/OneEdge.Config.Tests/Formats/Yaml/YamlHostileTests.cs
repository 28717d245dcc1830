using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Yaml;

public sealed class YamlHostileTests
{
    [Fact]
    public void Alias_bomb_is_refused_by_counting()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");

        AssertRefused(bomb.ToString(), ConfigErrorCodes.Limit);
    }

    [Fact]
    public void Chain_of_aliases_does_not_nest_deeper_than_allowed()
    {
        var chain = new StringBuilder("- &a0 [x]\n");
        for (int i = 1; i < 5000; i++) chain.Append(CultureInfo.InvariantCulture, $"- &a{i} [*a{i - 1}]\n");

        AssertRefused(chain.ToString(), ConfigErrorCodes.Limit);
    }

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 100_000)]
    [InlineData("? ", 100_000)]
    [InlineData("[{", 100_000)]
    [InlineData("&a ", 100_000)]
    [InlineData("!t ", 100_000)]
    [InlineData("\"", 100_001)]
    [InlineData("'\n", 100_001)]
    [InlineData("%", 100_000)]
    [InlineData("*", 100_000)]
    public void Deep_or_unterminated_text_ends_cleanly(string piece, int times)
    {
        bool isRead = ConfigFormat.Yaml.TryParse(
            SourceText.From(string.Concat(Enumerable.Repeat(piece, times))), out _, out IReadOnlyList<Diagnostic> diagnostics);

        // What follows the first complete value is ignored, as the original does.
        Assert.True(isRead || diagnostics.Count == 1);
    }

    [Fact]
    public void Deep_block_nesting_is_refused_by_the_limit()
    {
        var deep = new StringBuilder();
        for (int i = 0; i < 3000; i++) deep.Append(' ', i).Append("a:\n");

        AssertRefused(deep.ToString(), ConfigErrorCodes.Limit);
    }

    [Theory]
    [InlineData("1_")]
    [InlineData("1,")]
    [InlineData("1.")]
    [InlineData("1:")]
    [InlineData("0x")]
    [InlineData("0b1")]
    [InlineData("2001-01-01 ")]
    [InlineData("+.")]
    public void Megabyte_that_is_almost_a_number_is_read_or_refused(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)) + "z";

        bool isRead = ConfigFormat.Yaml.TryParse(SourceText.From("a: " + text + "\n"), out ConfigDocument? document, out _);

        Assert.True(!isRead || document!.Find("a")!.ToString() == text.TrimEnd());
    }

    // A busy machine may let a process wait for seconds; a small file must not fail then.
    [Fact]
    public void No_pattern_of_the_libraries_has_a_limit_by_the_clock()
    {
        GeneratedRegexAttribute[] patterns =
        [
            .. new[] { typeof(ConfigFormat), typeof(SourceText) }.SelectMany(t => t.Assembly.GetTypes())
                .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
                .Select(m => m.GetCustomAttribute<GeneratedRegexAttribute>()).OfType<GeneratedRegexAttribute>(),
        ];

        Assert.NotEmpty(patterns);
        Assert.All(patterns, p => Assert.Equal(Timeout.Infinite, p.MatchTimeoutMilliseconds));
    }

    [Fact]
    public void Line_of_ten_megabytes_is_read()
    {
        string text = "a: " + new string('x', 10_000_000) + "\nb: \"" + string.Concat(Enumerable.Repeat("é ", 1_000_000)) + "\"\n";

        Assert.Equal(10_000_000, ConfigFormat.Yaml.Parse(text).Find("a")!.AsString().Length);
    }

    [Theory]
    [InlineData("a: \0\n")]
    [InlineData("# \u0001\na: 1\n")]
    [InlineData("a: \u007F\n")]
    [InlineData("a: \uFFFE\n")]
    public void Control_character_is_refused(string text) => AssertRefused(text, ConfigErrorCodes.YamlSyntax);

    [Fact]
    public void Invalid_UTF8_is_refused_with_its_place()
    {
        Assert.False(ConfigFormat.Yaml.TryParse(
            SourceText.FromBytes(new byte[] { (byte)'a', (byte)':', (byte)' ', 0xE9, (byte)'\n' }), out _, out IReadOnlyList<Diagnostic> diagnostics));
        Assert.Equal(new LinePosition(1, 4), diagnostics[0].Position);
        Assert.Equal("save the file as UTF-8", diagnostics[0].Hint);
    }

    [Fact]
    public void Every_prefix_of_a_document_is_read_or_refused()
    {
        string text = "%YAML 1.1\n---\n:a: &x [1, {b: 'c', \"d\": |}]\n:e: |+\n  f\n\n:g: !!str >-\n  h\n? - i\n: *x\n:j: \"k\\\n  \\x41\"\n...\n";
        for (int i = 0; i <= text.Length; i++) _ = ConfigFormat.Yaml.TryParse(SourceText.From(text[..i]), out _, out _);
    }

    private static void AssertRefused(string text, string code)
    {
        Assert.False(ConfigFormat.Yaml.TryParse(SourceText.From(text), out _, out IReadOnlyList<Diagnostic> diagnostics));
        Assert.Equal(code, diagnostics[0].Code);
    }
}
