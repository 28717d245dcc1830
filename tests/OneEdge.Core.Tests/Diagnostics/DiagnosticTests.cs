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
    public void Exception_carries_its_code()
    {
        var error = new OneEdgeException("OEC0001", "text");
        Assert.Equal("OEC0001", error.Code);
        Assert.Empty(error.Diagnostics);
    }

    [Fact]
    public void Exception_of_findings_has_the_code_of_the_first_error_and_a_line_for_each()
    {
        var warning = Diagnostic.Warning("W1", "odd", Source, 0);
        Diagnostic[] findings = [warning, Diagnostic.Error("E1", "wrong", Source, 0), Diagnostic.Error("E2", "worse", Source, 9)];
        var error = new FindingsException(findings);
        Assert.Equal("E1", error.Code);
        Assert.Equal("oned.conf(1,1): error E1: wrong\noned.conf(2,1): error E2: worse", error.Message);
        Assert.Equal(findings, error.Diagnostics);
        Assert.Throws<ArgumentException>(() => new FindingsException([warning]));
        Assert.Throws<ArgumentNullException>(() => new FindingsException(null!));
    }

    private sealed class FindingsException(IReadOnlyList<Diagnostic> findings) : OneEdgeException(findings);
}
