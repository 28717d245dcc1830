using CsCheck;
using OneEdge.Flow.Instantiation;
using OneEdge.Flow.Tests.Documents;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Instantiation;

public sealed class ContentsTextTests
{
    [Theory]
    [InlineData("X=\"$A\"", "1", "X=\"1\"")]
    [InlineData("X=\"$A$A-$A.$B ${A} $$A $\"", "1", "X=\"11-1.$B ${A} $1 $\"")]
    [InlineData("X=\"$AB $A_ $Aé\"", "1", "X=\"$AB $A_ 1é\"")]
    [InlineData("X=\"$A\"", "one two, [three] = #4 ' \n5", "X=\"one two, [three] = #4 ' \n5\"")]
    [InlineData("X=\"$A\"", "say \"hi\"", "X=\"say \\\"hi\\\"\"")]
    [InlineData("X=\"$A.\"", "C:\\", "X=\"C:\\.\"")]
    [InlineData("X=$A", "1", "X=1")]
    [InlineData("X=$A", "a\\b<c>", "X=a\\b<c>")]
    [InlineData("X=$A\nY=1", "one two", "X=\"one two\"\nY=1")]
    [InlineData("X = [ B = $A, C = 1 ]", "a,b", "X = [ B = \"a,b\", C = 1 ]")]
    [InlineData("X = [ B = $A ]", "1]\nY=[Z=2", "X = [ B = \"1]\nY=[Z=2\" ]")]
    [InlineData("X=$A", "", "X=")]
    [InlineData("PRE_$A=1", "B", "PRE_B=1")]
    [InlineData("# for $A\nX=1", "b\nY=1", "# for b Y=1\nX=1")]
    [InlineData("X=\"a\\\" $A\"", "q\"", "X=\"a\\\" q\\\"\"")]
    [InlineData("X=<![CDATA[$A]]>", "<b", "X=<![CDATA[<b]]>")]
    public void Values_are_written_so_that_they_are_read_as_values(string text, string value, string expected) =>
        Assert.Equal(expected, ContentsText.PutWords(text, word => word == "A" ? value : null));

    [Theory]
    [InlineData("$A", "X=1")]
    [InlineData("$A", "X\nY=1")]
    [InlineData("X=1$A", "\nY=2")]
    [InlineData("X=$A$A", "a b")]
    [InlineData("X=\"$A\"", "C:\\")]
    [InlineData("X=$A", "a b\\")]
    [InlineData("X=<![CDATA[$A]]>", "]]>\nY=1")]
    public void A_value_that_would_be_read_as_something_else_is_refused(string text, string value)
    {
        FlowException error = Assert.Throws<FlowException>(() => ContentsText.PutWords(text, word => word == "A" ? value : null));

        Assert.Equal(FlowErrorCodes.ValueUnwritable, error.Code);
        Assert.Contains(value.EndsWith('\\') && text.Contains('"', StringComparison.Ordinal) ? "backslash" : "'A'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_is_put_in_changes_what_the_text_says_otherwise()
    {
        string[] texts = ["X=\"$A\"\nY=2", "X = $A\nY=2", "# $A\nX=\"$A\" Y=2", "Y=2\nX=\"$A\"", "X=\"$A\"\n#$A\nY=2\n"];
        Gen<string> value = Gen.OneOf(
            Gen.String[Gen.Char["ab\"\\\n\r ,=[]#$<>'"], 0, 8],
            RandomServices.Const("1\"\nY=\"3", "\\\"\nY=3\n", "]]>", "${A}", "$A"));
        int refused = 0;
        Gen.Select(RandomServices.Const(texts), value).Sample(
            (text, a) =>
            {
                StoredTemplate read;
                try
                {
                    read = StoredTemplate.Parse(ContentsText.PutWords(text, _ => a) + "\nSERVICE_ID = 7");
                }
                catch (FlowException error) when (error.Code == FlowErrorCodes.ValueUnwritable)
                {
                    Interlocked.Increment(ref refused);
                    return;
                }
                catch (OpenNebulaException) when (a.Contains("]]>", StringComparison.Ordinal))
                {
                    // The language has no way to write it; the cloud refuses it too.
                    return;
                }

                Assert.Equal(["SERVICE_ID", "X", "Y"], read.Select(r => r.Name).Order(StringComparer.Ordinal));
                // The cloud keeps no carriage returns.
                Assert.Equal((a.ReplaceLineEndings("\n"), "2", "7"), (read.Get("X"), read.Get("Y"), read.Get("SERVICE_ID")));
            },
            iter: 20_000);
        Assert.True(refused > 0);
    }

    [Fact]
    public void References_end_at_their_brace_and_not_in_another_line() =>
        Assert.Equal("X=\"[b.C] ${d\n} [] $e ${\"", ContentsText.PutReferences("X=\"${b.C} ${d\n} ${} $e ${\"", reference => $"[{reference}]"));
}
