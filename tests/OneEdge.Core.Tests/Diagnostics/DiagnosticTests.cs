using OneEdge.Text;

namespace OneEdge.Core.Tests.Diagnostics;

public sealed class DiagnosticTests
{
    private static readonly SourceText Source = SourceText.From("PORT = 1\nDB = [\n", "oned.conf");

    [Fact]
    public void Error_prints_in_the_clickable_form() => Assert.Equal(
        "oned.conf(2,6): error OEC1001: A closing bracket is missing. (add ']')",
        Diagnostic.Error("OEC1001", "A closing bracket is missing.", Source, 14, "add ']'").ToString());

    [Fact]
    public void Warning_and_information_say_so()
    {
        Assert.Equal("oned.conf(1,1): warning W1: text", Diagnostic.Warning("W1", "text", Source, 0).ToString());
        Assert.Equal("info I1: text", new Diagnostic("I1", DiagnosticSeverity.Info, "text").ToString());
    }

    [Fact]
    public void Place_may_be_partly_unknown()
    {
        Assert.Equal("a.conf: error E1: text", new Diagnostic("E1", DiagnosticSeverity.Error, "text") { File = "a.conf" }.ToString());
        Assert.Equal("(3,4): error E1: text", new Diagnostic("E1", DiagnosticSeverity.Error, "text") { Position = new LinePosition(3, 4) }.ToString());
    }

    [Fact]
    public void Exception_carries_its_code() => Assert.Equal("OEC0001", new OneEdgeException("OEC0001", "text").Code);
}
