using OneEdge.Text;

namespace OneEdge.OpenNebula.Tests.Templates;

public sealed class TemplateHostileTests
{
    private const int Bytes = 2_000_000;

    [Theory]
    [InlineData("", "[")]
    [InlineData("", "]")]
    [InlineData("A=", "[")]
    [InlineData("A=", "\"")]
    [InlineData("A=", "\\\"")]
    [InlineData("A=\"", "\\\"")]
    [InlineData("", "A=\"\\\"\n")]
    [InlineData("", "A=\"x\n")]
    [InlineData("", "#")]
    [InlineData("A=1\n", "# ]]> ")]
    [InlineData("", "# ]]>\nA=1\n")]
    [InlineData("A=", "= ")]
    [InlineData("A=", "#\n")]
    [InlineData("A=[", "B=1,")]
    [InlineData("A=[", "B=\"]]\",")]
    [InlineData("", "A=[B=1]")]
    [InlineData("", "A=\n")]
    [InlineData("", "\0")]
    [InlineData("A=", "\uDCFF")]
    [InlineData("", "\uFFFD")]
    [InlineData("", "- ")]
    [InlineData("", "A")]
    [InlineData("", " ")]
    [InlineData("A=", "x")]
    [InlineData("A=\"", "\r")]
    public void Megabytes_of_it_are_read_or_refused_with_few_findings(string start, string repeated)
    {
        SourceText text = SourceText.From(start + string.Concat(Enumerable.Repeat(repeated, Bytes / repeated.Length)));
        bool read = OpenNebulaTemplate.TryParse(text, out OpenNebulaTemplate? template, out IReadOnlyList<Diagnostic> diagnostics);
        Assert.InRange(diagnostics.Count, read ? 0 : 1, 101);
        if (read) Assert.NotNull(template!.Stored());
    }

    [Fact]
    public void Name_of_a_megabyte_is_refused()
    {
        string name = new('N', 1_000_000);
        Assert.False(OpenNebulaTemplate.TryParse(SourceText.From(name + "=1"), out _, out IReadOnlyList<Diagnostic> diagnostics));
        Assert.Contains("longer than", diagnostics[0].Message, StringComparison.Ordinal);
        Assert.InRange(diagnostics[0].ToString().Length, 1, 300);
        Assert.False(StoredTemplate.TryParseXml($"<T><{name}>1</{name}></T>", out _, out diagnostics));
        Assert.InRange(diagnostics[0].ToString().Length, 1, 300);
        Assert.InRange(Assert.Throws<OpenNebulaException>(() => OpenNebulaTemplate.Empty.With(name, "1")).Message.Length, 1, 300);
    }

    [Fact]
    public void Value_that_the_core_could_not_read_back_is_refused()
    {
        string value = new('v', 10_000_001);
        Assert.False(OpenNebulaTemplate.TryParse(SourceText.From($"A=\"{value}\""), out _, out _));
        Assert.False(StoredTemplate.TryParseXml($"<T><A>{value}</A></T>", out _, out _));
        Assert.Throws<OpenNebulaException>(() => OpenNebulaTemplate.Empty.With("A", value));
    }

    [Fact]
    public void Limits_are_named_when_they_are_passed()
    {
        AssertLimit("A=1\nB=2\n", new TemplateLimits { MaxBytes = 7 }, nameof(TemplateLimits.MaxBytes));
        AssertLimit("A=1\nB=[C=2]\n", new TemplateLimits { MaxValues = 2 }, nameof(TemplateLimits.MaxValues));
        AssertLimit("<T><A>1</A><B>2</B></T>", new TemplateLimits { MaxBytes = 7 }, nameof(TemplateLimits.MaxBytes));
        AssertLimit("<T><A>1</A><B><C>2</C></B></T>", new TemplateLimits { MaxValues = 1 }, nameof(TemplateLimits.MaxValues));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(1_000, false)]
    [InlineData(500_000, false)]
    public void XML_may_be_deep_up_to_a_limit(int depth, bool read)
    {
        string xml = string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));
        Assert.Equal(read, StoredTemplate.TryParseXml(xml, out StoredTemplate? template, out IReadOnlyList<Diagnostic> diagnostics));
        if (read) Assert.Empty(template!);
        else Assert.Equal(OpenNebulaErrorCodes.TemplateLimit, Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Entity_bomb_is_refused_before_it_grows()
    {
        string entities = string.Concat(Enumerable.Range(1, 30).Select(i => $"<!ENTITY e{i} \"&e{i - 1};&e{i - 1};&e{i - 1};\">"));
        Assert.False(StoredTemplate.TryParseXml($"<!DOCTYPE T [<!ENTITY e0 \"boom\">{entities}]><T><A>&e30;</A></T>", out _,
            out IReadOnlyList<Diagnostic> diagnostics));
        Assert.Contains("document type", diagnostics[0].Message, StringComparison.Ordinal);
    }

    private static void AssertLimit(string text, TemplateLimits limits, string name)
    {
        TemplateSyntaxException error = Assert.Throws<TemplateSyntaxException>(() => StoredTemplate.Parse(text, limits));
        Assert.Equal(OpenNebulaErrorCodes.TemplateLimit, error.Code);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }
}
