using OneEdge.Text;

namespace OneEdge.OpenNebula.Tests.Templates;

public sealed class TemplateGrammarTests
{
    [Theory]
    [InlineData("A = 1 # a comment behind a value, with its line end\nB = 2", "A=1;B=2")]
    [InlineData("A=1 B=2", "A=1;B=2")]
    [InlineData("A\n=1", "A=1")]
    [InlineData("A=\"x y\"B=1", "A=x y;B=1")]
    [InlineData("A==1", "A=1")]
    [InlineData("-A=1;", "A=1;")]
    [InlineData("A=a\\\"b", "A=a\"b")]
    [InlineData("A=\"x\\\"", "A=x\\")]
    [InlineData("A=x\\", "A=x\\")]
    [InlineData("A=\"a\r\nb\"\rB=1", "A=a\nb;B=1")]
    [InlineData("\uFEFFA=1", "A=1")]
    [InlineData("xmlrpc=1", "ONE_XMLRPC=1")]
    [InlineData("A=[ # one\n B=1, # two\n C=\"2\" # three\n ]", "A=[B=1,C=2]")]
    [InlineData("A=[B=1,b=2]", "A=[B=1]")]
    [InlineData("# ]]>\nA=1", "A=1")]
    public void Text_is_read_as_the_core_does(string text, string expected)
    {
        OpenNebulaTemplate template = OpenNebulaTemplate.Parse(text);
        Assert.Equal(expected, string.Join(';', template.Select(Plain)));
    }

    [Theory]
    [InlineData("A", 1, 2, "'=' is expected")]
    [InlineData("A=1\nB = one two\n", 2, 12, "'=' is expected")]
    [InlineData("\n =1", 2, 2, "the name of an attribute is expected")]
    [InlineData("A=[B=1,]", 1, 8, "another value is expected")]
    [InlineData("A=[B=1\nC=2]", 2, 1, "',' or ']' is expected")]
    [InlineData("A=[B=1", 1, 3, "has no end")]
    [InlineData("A=[B=[C=1]]", 1, 6, "a vector cannot hold another one")]
    [InlineData("A=[B=\n]", 1, 6, "a value is expected")]
    [InlineData("A=[1B=2]", 1, 4, "starts with a digit")]
    [InlineData("A=\"x]]>\"", 1, 5, "a value holds ]]>")]
    [InlineData("A=", 1, 3, "a value is expected")]
    [InlineData("\u00e9\u00e9 A=\u0001", 1, 6, "does not know this character")]
    [InlineData("A=\uFFFE", 1, 3, "does not know this character")]
    [InlineData("<TEMPLATE/>", 1, 1, "the XML form")]
    [InlineData("A=1\n# the last line, without an end", 2, 6, "'=' is expected")]
    public void Error_says_where_and_what_is_expected(string text, int line, int column, string expected)
    {
        Assert.False(OpenNebulaTemplate.TryParse(SourceText.From(text, "vm.tmpl"), out _, out IReadOnlyList<Diagnostic> diagnostics));
        Diagnostic error = diagnostics[^1];
        Assert.Equal(OpenNebulaErrorCodes.TemplateSyntax, error.Code);
        Assert.Equal(new LinePosition(line, column), error.Position);
        Assert.Equal("vm.tmpl", error.File);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_UTF_8_is_refused_at_its_first_wrong_byte()
    {
        Assert.False(OpenNebulaTemplate.TryParse(SourceText.FromBytes("A=\u00e9\n# "u8.ToArray().Append((byte)0xE9).ToArray()), out _,
            out IReadOnlyList<Diagnostic> diagnostics));
        Assert.Equal(new LinePosition(2, 3), Assert.Single(diagnostics).Position);
        Assert.Contains("not UTF-8", diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A=1\n#b=2", 2, 1)]
    [InlineData("A-=1", 1, 2)]
    [InlineData("A==1", 1, 3)]
    public void What_the_core_passes_over_is_a_warning(string text, int line, int column)
    {
        Diagnostic warning = Assert.Single(OpenNebulaTemplate.Parse(text).Diagnostics);
        Assert.Equal((OpenNebulaErrorCodes.TemplateIgnored, DiagnosticSeverity.Warning), (warning.Code, warning.Severity));
        Assert.Equal(new LinePosition(line, column), warning.Position);
    }

    [Fact]
    public void Attributes_are_found_whatever_their_case()
    {
        OpenNebulaTemplate template = OpenNebulaTemplate.Parse(
            "cpu = 0.5\nDISK = [ IMAGE_ID = 5 ]\nMEMORY = \"x\"\nDisk = [ image_id = 6, SIZE = 10 ]\nDISK = raw\n1a = 2\n");
        Assert.Equal("0.5", template.Get("CPU"));
        Assert.True(template.TryGet("Cpu", out double cpu));
        Assert.Equal(0.5, cpu);
        Assert.False(template.TryGet("MEMORY", out int _));
        Assert.False(template.TryGet("NOTHING", out int _));
        Assert.Null(template.Get("DISK"));
        Assert.Equal(3, template.GetAll("disk").Count());
        Assert.Equal([5, 6], template.Vectors("DISK").Select(d => d.TryGet("IMAGE_ID", out int id) ? id : -1));
        Assert.Equal("5", template.Vector("DISK")!.Get("image_id"));
        Assert.Equal("2", template.Get("1A"));
        Assert.Equal("2", template.Get("ONE_1A"));
        Assert.Equal(["CPU", "DISK", "MEMORY", "DISK", "DISK", "ONE_1A"], template.Select(a => a.Name));
    }

    [Fact]
    public void Stored_template_is_sorted_and_found_whatever_the_case()
    {
        StoredTemplate stored = OpenNebulaTemplate.Parse("Z=1\nb=[y=1,X=2]\nB=3\nE=[]\nNAME=\"n \"\nNAME=m").Stored();
        Assert.Equal("<TEMPLATE><B><X><![CDATA[2]]></X><Y><![CDATA[1]]></Y></B><B><![CDATA[3]]></B><NAME><![CDATA[n]]></NAME><Z><![CDATA[1]]></Z></TEMPLATE>",
            stored.ToXml());
        Assert.Equal("1", stored.Get("z"));
        Assert.True(stored.TryGet("Z", out int z) && z == 1);
        Assert.Equal("2", stored.Vector("b")!.Get("x"));
        Assert.Null(stored.Get("A"));
        Assert.Null(stored.Get("ZZ"));
        Assert.Equal("B [X, Y], B, NAME, Z", stored.ToString());
    }

    [Fact]
    public void Empty_vector_in_an_update_removes_what_it_names() =>
        Assert.Equal("<TEMPLATE></TEMPLATE>", StoredTemplate.Parse("A=1\nA=[B=2]").Merge(StoredTemplate.Parse("A=[]")).ToXml());

    private static string Plain(TemplateAttribute attribute) =>
        attribute.IsVector ? $"{attribute.Name}=[{string.Join(',', attribute.Items.Select(i => $"{i.Key}={i.Value}"))}]"
            : $"{attribute.Name}={attribute.Value}";
}
