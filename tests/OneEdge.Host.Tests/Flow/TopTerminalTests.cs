using System.Globalization;
using OneEdge.Flow.Client;
using OneEdge.Host.Flow;

namespace OneEdge.Host.Tests.Flow;

/// <summary>What <c>flow top</c> draws.</summary>
public sealed class TopTerminalTests
{
    [Theory]
    [InlineData(3, 3, 2, "███")]
    [InlineData(2, 3, 2, "██·")]
    [InlineData(1, 0, 2, "█")]
    [InlineData(2, 3, 1, "▒▒·")]
    [InlineData(0, 0, 2, "")]
    [InlineData(100, 100, 2, "██████████████████··")]
    public void Bar_shows_what_is_deployed_what_comes_and_what_is_missing(int machines, int cardinality, int state, string bar) =>
        Assert.Equal(bar, TopTerminal.Bar(Service(machines, cardinality, state).Service!.Roles[0]));

    [Fact]
    public void Nothing_is_wider_or_higher_than_the_terminal()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using (var screen = new TopTerminal(new HostIo(TextReader.Null, output, TextWriter.Null) { IsInteractive = true, Width = 80, Height = 6 }, "http://x"))
            screen.Show([.. Enumerable.Range(0, 10).Select(_ => Service(50, 60, 2))]);
        string drawn = output.ToString().Split("\e[?1049l")[0];
        Assert.Equal(5, drawn.Count(c => c == '\n'));
        Assert.All(drawn.Split('\n'), line => Assert.True(Plain(line).Length <= 80, line));
    }

    [Fact]
    public void Names_cannot_control_the_terminal()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using (var screen = new TopTerminal(new HostIo(TextReader.Null, output, TextWriter.Null) { IsInteractive = true }, "http://x"))
            screen.Show([Service(1, 1, 2, "\\u001b[2Jevil")]);
        Assert.DoesNotContain("\e[2J", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("evil", output.ToString(), StringComparison.Ordinal);
    }

    private static string Plain(string line) =>
        System.Text.RegularExpressions.Regex.Replace(line, "\e\\[[?0-9;]*[A-Za-z]", "", default, TimeSpan.FromSeconds(1));

    private static OneFlowService Service(int machines, int cardinality, int state, string name = "s")
    {
        IEnumerable<string> vms = Enumerable.Range(100, machines).Select(vm => string.Create(CultureInfo.InvariantCulture, $$"""{"deploy_id": {{vm}} }"""));
        string nodes = string.Join(",", vms);
        string role = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"name": "web", "cardinality": {{cardinality}}, "vm_template": 0, "state": {{state}}, "nodes": [{{nodes}}] }""");
        string body = string.Create(CultureInfo.InvariantCulture, $$"""{"name": "s", "state": {{state}}, "roles": [{{role}}] }""");
        return OneFlowService.Parse($$"""{"DOCUMENT": {"ID": "5", "NAME": "{{name}}", "TEMPLATE": {"BODY": {{body}} } } }""");
    }
}
