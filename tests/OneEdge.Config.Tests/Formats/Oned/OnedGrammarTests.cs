using System.Text;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Oned;

public sealed class OnedGrammarTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("\n \t\n", "{}")]
    [InlineData("# comment", "{}")]
    [InlineData("   # indented", "{}")]
    [InlineData("A=1", """{"A":"1"}""")]
    [InlineData(" \tA \t=\t 1 \t\n", """{"A":"1"}""")]
    [InlineData("A = 1 # c\n", """{"A":"1"}""")]
    [InlineData("A = 1#c\n", """{"A":"1"}""")]
    [InlineData("9_a = x],'y=\\\n", """{"9_A":"x],'y=\\"}""")]
    [InlineData("A = \"\"\n", """{"A":"\"\""}""")]
    [InlineData("A = \"x\n  <y>\n\"#c\n", """{"A":"\"x\n  <y>\n\""}""")]
    [InlineData("A = \"\\\"\\\\\"\n", """{"A":"\"\\\"\\\\\""}""")]
    [InlineData("a = 1\nA = 2\n", """{"A":["1","2"]}""")]
    [InlineData("S = [ A = 1 ]\n", """{"S":{"A":"1"}}""")]
    [InlineData("S=[A=1]", """{"S":{"A":"1"}}""")]
    [InlineData("S = [\n\n A = 1,B=\"2\",\n\n C = [3 \n\n]  \n", """{"S":{"A":"1","B":"\"2\"","C":"[3"}}""")]
    [InlineData("S = [ A = x], B = y]]\n", """{"S":{"A":"x]","B":"y]"}}""")]
    [InlineData("S = [ A = 1]\n]\n", """{"S":{"A":"1]"}}""")]
    [InlineData("S = [ A = 1]\n\n# c\n]\n", """{"S":{"A":"1]"}}""")]
    [InlineData("S = [ A = 1]\n# c\nB = 2\n", """{"S":{"A":"1"},"B":"2"}""")]
    [InlineData("S = [ # c\n # d\n A = 1, # e\n # f\n B = 2\n # g\n# h\n]\n", """{"S":{"A":"1","B":"2"}}""")]
    [InlineData("S = [ A = 1 # c\n]\n", """{"S":{"A":"1"}}""")]
    [InlineData("VM_MAD = [ NAME = a ]\nvm_mad = [ X = 1, name = b ]\n", """{"VM_MAD":{"a":{"NAME":"a"},"b":{"X":"1","NAME":"b"}}}""")]
    [InlineData("\uFEFFA = 1\n", """{"A":"1"}""")]
    [InlineData("A = \"x\"\r\nB = 1\r\n \r\n", """{"A":"\"x\"","B":"1"}""")]
    [InlineData("S = [\r\n  A = 1,\r\n  # c\r\n  B = 2\r\n]\r\n", """{"S":{"A":"1","B":"2"}}""")]
    [InlineData("A = 1\r2\n", """{"A":"1\r2"}""")]
    [InlineData("A = 1\r", """{"A":"1"}""")]
    public void Text_in_the_grammar_gives_its_data(string text, string json)
    {
        ConfigDocument document = ConfigFormat.Oned.Parse(text);
        Assert.Equal(json, document.ToValue().ToJson());
        Assert.Equal(text, document.ToString());
    }

    [Theory]
    [InlineData("A\n", 1, 2, "'='")]
    [InlineData("A = 0\nBAD LINE\n", 2, 5, "'='")]
    [InlineData("A =\n", 1, 4, "a value")]
    [InlineData("A = # c\n", 1, 5, "a value")]
    [InlineData("A-B = 1\n", 1, 2, "'='")]
    [InlineData("= 1\n", 1, 1, "a name")]
    [InlineData("A = x y\n", 1, 7, "the end of the line")]
    [InlineData("A = x\"y\"\n", 1, 6, "the end of the line")]
    [InlineData("A = x[1]\n", 1, 6, "the end of the line")]
    [InlineData("A = \"x\" y\n", 1, 9, "the end of the line")]
    [InlineData("A = \"x\\n\"\n", 1, 7, "backslash")]
    [InlineData("A = \"x\n", 1, 5, "no end")]
    [InlineData("A = \"x\\", 1, 7, "backslash")]
    [InlineData("A = \r\n", 1, 5, "a value")]
    [InlineData("S = [ ]\n", 1, 7, "at least one item")]
    [InlineData("S = [ A = 1, ]\n", 1, 14, "no comma")]
    [InlineData("S = [ A = 1\n", 1, 1, "no end at line 2")]
    [InlineData("S = [\n A = 1\n B = 2\n]\n", 1, 1, "',' or ']' is expected at line 3, column 2")]
    [InlineData("S = [ A = [ B = 1 ] ]\n", 1, 13, "',' or ']'")]
    [InlineData("S = [ A = 1 ] # c\n", 1, 15, "not even a comment")]
    [InlineData("S = [ A = 1 # c\n ]\n", 1, 1, "first column")]
    [InlineData("S = [\n # c\n\n A = 1 ]\n", 1, 1, "no empty line")]
    [InlineData("S = [ A = 1\n, B = 2 ]\n", 1, 1, "',' or ']'")]
    [InlineData("S = [ A = 1\r, B = \"2\"\r]\n", 1, 22, "',' or ']'")]
    public void Text_outside_of_the_grammar_is_refused_with_place_and_reason(string text, int line, int column, string reason)
    {
        Assert.False(ConfigFormat.Oned.TryParse(SourceText.From(text), out _, out IReadOnlyList<Diagnostic> diagnostics));
        Assert.Equal(ConfigErrorCodes.OnedSyntax, diagnostics[0].Code);
        Assert.Equal(new LinePosition(line, column), diagnostics[0].Position);
        Assert.Contains(reason, diagnostics[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DB = [ A = 1 ]\ndb = [ A = 2 ]\n", "Invalid multiple sections of DB")]
    [InlineData("VM_MAD = [ T = 1 ]\n", "Missing NAME identification for VM_MAD[]")]
    [InlineData("VM_MAD = [ NAME = a ]\nVM_MAD = [ T = 1 ]\n", "Missing NAME identification for VM_MAD[2]")]
    [InlineData("VM_MAD = [ NAME = a, Name = b ]\n", "Multiple NAME identifications for VM_MAD[]")]
    [InlineData("VM_MAD = [ NAME = \"a\" ]\nVM_MAD = [ NAME = \"a\" ]\n", "Duplicate identification for VM_MAD[\"a\"]")]
    [InlineData("A = 1\nA = [ B = 2 ]\n", "A is used both as a value and as a section")]
    public void Sections_that_cannot_be_told_apart_are_refused(string text, string message)
    {
        Assert.False(ConfigFormat.Oned.TryParse(SourceText.From(text), out _, out IReadOnlyList<Diagnostic> diagnostics));
        Assert.Equal((ConfigErrorCodes.OnedStructure, message), (diagnostics[0].Code, diagnostics[0].Message));
    }

    [Fact]
    public void Every_error_is_reported_once()
    {
        const string Text = "A = x y\nB = 1\nS = [\n  A = 1,\n  B = \"2\" 3,\n  C = 4\n]\nbad\nD = 2\n\nT = [ ]\nE = \"\\x\"\nF = 1\n";
        Assert.False(ConfigFormat.Oned.TryParse(SourceText.From(Text), out _, out IReadOnlyList<Diagnostic> diagnostics));
        Assert.Equal([1, 3, 8, 11, 12], diagnostics.Select(d => d.Position!.Value.Line));
    }

    [Fact]
    public void Every_real_file_is_read_and_its_bytes_come_back()
    {
        string[] names = ["oned.conf", "monitord.conf", "sched.conf", "rank.conf", "vmm_exec_kvm.conf", "vmm_exec_vcenter.conf"];
        int count = 0;
        foreach ((string file, string name) in RealFiles.Stock().Where(f => names.Contains(Path.GetFileName(f.Name), StringComparer.Ordinal)))
        {
            byte[] bytes = File.ReadAllBytes(file);
            ConfigDocument document = ConfigFormat.Oned.Parse(SourceText.FromBytes(bytes, name));
            Assert.Equal(bytes, document.Source.Bytes);
            Assert.NotEmpty(document.ToValue().Members);
            Assert.Equal(document.Enumerate().Count(), document.Enumerate().Count(v => document.Contains(v.Key)));
            count++;
        }

        Assert.True(count >= 10, $"{count} files");
    }

    [Fact]
    public void Latin1_bytes_survive_an_edit()
    {
        byte[] bytes = [.. "# caf"u8, 0xE9, .. "\nA = 0\nB = \""u8, 0xE9, .. "\"\n"u8];
        ConfigDocument document = ConfigFormat.Oned.Parse(SourceText.FromBytes(bytes));
        byte[] edited = document.Apply(ConfigChange.Set("A", 1)).Text.Bytes.ToArray();
        Assert.Equal(Encoding.Latin1.GetString(bytes).Replace("A = 0", "A = 1", StringComparison.Ordinal), Encoding.Latin1.GetString(edited));
    }

    [Fact]
    public void Find_addresses_values_sections_and_occurrences()
    {
        ConfigDocument document = ConfigFormat.Oned.Parse("P = 1\nm = a\nM = b\nDB = [ K = \"v\" ]\nVM_MAD = [ NAME = \"k\", T = 1 ]\n");
        Assert.Equal("1", document.Find("P"));
        Assert.Equal(ConfigValue.Array("a", "b"), document.Find("M"));
        Assert.Equal("b", document.Find("M[2]"));
        Assert.Null(document.Find("M[3]"));
        Assert.Equal("\"v\"", document.Find("DB/K"));
        Assert.Equal("1", document.Find("VM_MAD/\"k\"/T"));
        Assert.Equal("1", document.Find("VM_MAD[1]/T"));
        Assert.Null(document.Find("p"));
        Assert.Equal("v", document.Unquote(document.Find("DB/K")!));
    }
}
