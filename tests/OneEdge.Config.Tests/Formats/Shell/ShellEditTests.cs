using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Shell;

/// <summary>What single changes make of a text.</summary>
public sealed class ShellEditTests
{
    public static TheoryData<string, string, string> Edits { get; } = new()
    {
        { "A=1\n", "set A 2", "A=2\n" },
        { "A=1", "set A 2", "A=2" },
        { "  A=1   # c\n\nB=2\n", "set A 2", "  A=2   # c\n\nB=2\n" },
        { "export  A=1\n", "set A 2", "export  A=2\n" },
        { "export  A=1 # c\n", "ins A 2", "A=2 # c\n" },
        { "  export A=1; B=2\n", "ins A 2", "  A=2; B=2\n" },
        { "A=1\r\nB=2\r\n", "set A 2", "A=2\r\nB=2\r\n" },
        { "A=1\r\n", "ins C 2", "A=1\r\nC=2\r\n" },
        { "A=1\r\nB=2", "ins C 2", "A=1\r\nB=2\r\nC=2\r\n" },
        { "A=1", "ins B 2", "A=1\nB=2\n" },
        { "", "ins B 2", "B=2\n" },
        { "\n", "ins B 2", "\nB=2\n" },
        { "\uFEFFA=1\n", "set A 2", "\uFEFFA=2\n" },
        { "\uFEFF", "ins A 2", "\uFEFFA=2\n" },
        { "# c\nA=1 # tail\n\n# d\nB=2\n", "rm A", "# c\n\n# d\nB=2\n" },
        { "A=1; B=2\n", "rm A", "B=2\n" },
        { "  A=1; B=2\n", "rm A", "  B=2\n" },
        { "A=1; B=2 # c\n", "rm B", "A=1;\n" },
        { "A=1; B=2; C=3\n", "rm B", "A=1; C=3\n" },
        { "A=1; A=2\n", "rm A", "" },
        { "A=1; A=2; B=3\n", "rm A", "B=3\n" },
        { "B=0; A=1; A=2\n", "rm A", "B=0;\n" },
        { "A=1;\nB=2\n", "rm A", "B=2\n" },
        { "A=1; # c\nB=2\n", "rm A", "B=2\n" },
        { "echo x; A=1\n", "rm A", "echo x;\n" },
        { "foo() { x; } A=1\n", "rm A", "foo() { x; } \n" },
        { "if x; then y; fi; A=1\n", "rm A", "if x; then y; fi;\n" },
        { "B=1\nA=2", "rm A", "B=1\n" },
        { "A=1\nA=2 # c\nA=3\n", "set A 4", "A=4\n" },
        { "A=1\nA=2 # c\nA=3\n", "set A[2] 4", "A=1\nA=4 # c\nA=3\n" },
        { "A[2]=1\nA=2\nA=3\n", "set A[2] 4", "A[2]=4\nA=2\nA=3\n" },
        { "A=1\nA=2\n", "rm A[1]", "A=2\n" },
        { "export A=1\nA=2\n", "set A 3", "export A=3\n" },
        { "B=1\n", "ins A[1] 2", "B=1\nA=2\n" },
        { "A=1\nexport  A  B # c\n", "rm A", "export  B # c\n" },
        { "A=1\nexport B  A\n", "rm A", "export B\n" },
        { "A=1\nexport B A C A D\n", "rm A", "export B C D\n" },
        { "A=1\nexport A A B\n", "rm A", "export B\n" },
        { "A=1\nexport A\nB=2\n", "rm A", "B=2\n" },
        { "A=1\nexport A # c\nexport B\n", "ins A 2", "A=2\nexport B\n" },
        { "A=(a\n b)\n", "set A 2", "A=2\n" },
        { "A=\"x\ny\"\nB=1\n", "rm A", "B=1\n" },
        { "A=1\nif x; then\n  A=2\nfi\n", "set A 3", "A=3\nif x; then\n  A=2\nfi\n" },
        { "A=1\n", "ins B", "A=1\nB=\n" },
        { "A=1\n", "set A \"\"", "A=\n" },
        { "A=1\n", "set X/Y/A 2", "A=2\n" },
        { "A=\"x\"\n", "set A \"\\\"y z\\\"\"", "A=\"y z\"\n" },
        { "A=(a b)\n", "set A \"(c d)\"", "A=(c d)\n" },
        { "# c\r\n#\r", "ins A 1", "# c\r\n#\r\nA=1\r\n" },
        { "A=1\r\nB=2\r", "ins C 3", "A=1\r\nB=2\r\nC=3\r\n" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void Change_gives_the_text(string before, string line, string after)
    {
        ConfigDocument document = ConfigFormat.Shell.Parse(before);
        ConfigApplyResult result = document.Apply(ShellVectors.LineChanges("/file " + line));
        Assert.Equal(ChangeStatus.Applied, result.Outcomes[0].Status);
        Assert.Equal(after, result.Text.ToString());
        Assert.NotNull(result.Document);
    }

    [Theory]
    [InlineData("A=1\n", "A=2\n", "set A \"x y\"", "set A 2")]
    [InlineData("A=1\n", "A=1\n", "ins B \"'\"", "rm B")]
    [InlineData("A=1\n", "A=1\n", "ins A.B 1", "rm A.B")]
    public void Only_the_end_of_a_batch_has_to_be_writable(string before, string after, params string[] lines)
    {
        ConfigApplyResult result = ConfigFormat.Shell.Parse(before).Apply(lines.SelectMany(l => ShellVectors.LineChanges("/file " + l)));
        Assert.True(result.IsComplete);
        Assert.Equal(after, result.Text.ToString());
    }

    [Theory]
    [InlineData("set A \"x y\"")]
    [InlineData("set A \"x;y\"")]
    [InlineData("set A \"\\\"x\"")]
    [InlineData("set A \"x\\ny\"")]
    [InlineData("set A \"x\\\\\"")]
    [InlineData("set A \"x\\r\"")]
    [InlineData("set A \"x\\u0000y\"")]
    [InlineData("set A \"(a b)\"")]
    [InlineData("set A \"x # c\"")]
    [InlineData("set A \"#c\"")]
    [InlineData("ins A B\"x\"")]
    [InlineData("ins export 1")]
    [InlineData("ins A.B 1")]
    [InlineData("set / 1")]
    [InlineData("rm A \"1\"")]
    public void Change_that_cannot_be_written_fails_with_a_reason_and_changes_nothing(string line)
    {
        ConfigDocument document = ConfigFormat.Shell.Parse("A=1\n");
        if (line == "ins A B\"x\"") line = "ins A-B= \"x\"";
        ConfigApplyResult result = document.Apply(ShellVectors.LineChanges("/file " + line));
        Assert.Equal(ChangeStatus.Failed, result.Outcomes[0].Status);
        Assert.NotEmpty(result.Outcomes[0].Reason!);
        Assert.Same(document.Source, result.Text);
    }

    [Theory]
    [InlineData("set A null")]
    [InlineData("set A false")]
    [InlineData("rm B")]
    [InlineData("ins A \"1\"")]
    public void Change_that_does_not_apply_says_why(string line)
    {
        ConfigDocument document = ConfigFormat.Shell.Parse("A=1\n");
        ConfigApplyResult result = document.Apply(ShellVectors.LineChanges("/file " + line));
        Assert.Equal(ChangeStatus.NotApplied, result.Outcomes[0].Status);
        Assert.NotEmpty(result.Outcomes[0].Reason!);
        Assert.Same(document.Source, result.Text);
    }

    [Fact]
    public void Number_is_never_equal_to_the_text_of_a_value_but_writes_the_same_bytes()
    {
        ConfigDocument document = ConfigFormat.Shell.Parse("A=1\n");
        ConfigApplyResult result = document.Apply(ConfigChange.Insert("A", 1));
        Assert.True(result.Outcomes[0].Replaced);
        Assert.Same(document.Source, result.Text);
    }

    [Theory]
    [InlineData("A=1\n", true, "export A=1\n")]
    [InlineData("  A=1\n", true, "  export A=1\n")]
    [InlineData("A=1\nA=2\n", true, "A=1\nexport A=2\n")]
    [InlineData("export A=1\n", false, "A=1\n")]
    [InlineData("A=1\nexport A B\n", false, "A=1\nexport B\n")]
    public void Export_change_changes_only_the_export(string before, bool export, string after)
    {
        ConfigApplyResult result = ConfigFormat.Shell.Parse(before).Apply(new ConfigChange { Kind = ChangeKind.Set, Key = "A", Export = export });
        Assert.Equal(ChangeStatus.Applied, result.Outcomes[0].Status);
        Assert.Equal(after, result.Text.ToString());
    }

    [Fact]
    public void Array_is_inserted_by_a_change_that_is_no_line()
    {
        ConfigApplyResult result = ConfigFormat.Shell.Parse("").Apply(new ConfigChange { Kind = ChangeKind.Insert, Key = "A", Value = "(a b)", Export = true });
        Assert.Equal("export A=(a b)\n", result.Text.ToString());
    }

    [Fact]
    public void Latin_1_bytes_stay()
    {
        byte[] bytes = [.. "# "u8, 0xE9, .. "\nA="u8, 0xE9, .. "\nB=1\n"u8];
        ConfigDocument document = ConfigFormat.Shell.Parse(SourceText.FromBytes(bytes));
        ConfigApplyResult result = document.Apply([ConfigChange.Set("B", 2), ConfigChange.Insert("C", document.Find("A")!)]);
        Assert.Equal([.. "# "u8, 0xE9, .. "\nA="u8, 0xE9, .. "\nB=2\nC="u8, 0xE9, .. "\n"u8], result.Text.Bytes.ToArray());
    }

    [Fact]
    public void Values_are_read_with_and_without_quotes()
    {
        ConfigDocument document = ConfigFormat.Shell.Parse("A=\"x y\"\nB='$z'\nC=\"$z\"\nD=\"a\\\"b\"\nE=\"a\"'b'\nF=x\nA=\"last\"\n");
        Assert.Equal("\"last\"", document.Find("A")!.AsString());
        Assert.Equal("last", document.Unquote(document.Find("A")!).AsString());
        Assert.Equal("$z", document.Unquote(document.Find("any/B")!).AsString());
        Assert.Equal("\"$z\"", document.Unquote(document.Find("C")!).AsString());
        Assert.Equal("a\"b", document.Unquote(document.Find("D")!).AsString());
        Assert.Equal("\"a\"'b'", document.Unquote(document.Find("E")!).AsString());
        Assert.Null(document.Find("G"));
        Assert.Equal(["A", "B", "C", "D", "E", "F"], document.Enumerate().Select(e => e.Key.ToString()));
        Assert.Equal("Variable A specified multiple times. Only last value will be respected.", Assert.Single(document.Diagnostics).Message);
        Assert.Equal(ConfigErrorCodes.ShellRepeated, document.Diagnostics[0].Code);
    }

    [Fact]
    public void Difference_of_other_statements_is_a_warning()
    {
        ConfigDiff diff = ConfigFormat.Shell.Parse("A=1\nunset B\nC=(a)\n").DiffTo(ConfigFormat.Shell.Parse("A=2\nif x; then y; fi\nC=(b)\n"));
        Assert.Equal(["set A \"2\"", "set C \"(b)\""], diff.Changes.Select(c => c.ToString()));
        Assert.Contains("@unset, @if", Assert.Single(diff.Warnings).Message, StringComparison.Ordinal);
    }
}
