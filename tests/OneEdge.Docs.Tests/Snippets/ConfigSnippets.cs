using OneEdge.Config;
using OneEdge.Testing;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code of README.md about configuration.</summary>
public sealed class ConfigSnippets
{
    private const string Oned = "# Port of oned\nPORT = 2633   # as shipped\n\nDB = [ BACKEND = \"sqlite\",\n       TIMEOUT = 2500 ]\n";
    private const string Cli = "# Widths of the columns\n:USER:\n  :desc: Owner   # the user's name\n  :size: 10\n";

    [Fact]
    public void Change_in_memory_runs()
    {
        string text = Oned;

        // <snippet edit>
        ConfigDocument oned = ConfigFormat.Oned.Parse(text, "oned.conf");           // oned.ToString() == text, to the last byte
        int port = oned.Get<int>("PORT");                                           // 2633
        ConfigApplyResult result = oned.Apply(
        [
            ConfigChange.Set("PORT", "2634"),
            ConfigChange.Set("DB/BACKEND", "\"mysql\""),
        ]);
        Console.Write(result.Document);                                             // comments, order, spacing: as they were
        // </snippet>

        Assert.Equal(2633, port);
        Assert.Equal(text.Replace("2633", "2634", StringComparison.Ordinal).Replace("sqlite", "mysql", StringComparison.Ordinal), result.Document.ToString());
    }

    [Fact]
    public async Task Patch_of_a_tree_runs()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("etc/one/oned.conf", Oned);
        directory.Write("etc/one/cli/oneimage.yaml", Cli);
        string root = directory.Path;
        CancellationToken ct = TestContext.Current.CancellationToken;

        // <snippet patch>
        var tree = new ConfigTree(root);                                            // the root under which etc/one lies
        ConfigPatch patch = ConfigPatch.ParseLines("""
            /etc/one/oned.conf         set PORT 2634
            /etc/one/oned.conf         ins DB/SERVER "\"localhost\""
            /etc/one/cli/oneimage.yaml set :USER/:size 15
            """);
        PatchPlan plan = await tree.PlanAsync(patch, ct);                           // reads and decides, touches nothing
        Console.Write(plan.ToUnifiedDiff());
        PatchResult done = await tree.ApplyAsync(plan, ct);                         // one transaction; done.Backup brings it back
        // </snippet>

        Assert.NotNull(done.Backup);
        Assert.Contains("PORT = 2634   # as shipped", await File.ReadAllTextAsync(directory["etc/one/oned.conf"], ct), StringComparison.Ordinal);
        Assert.Equal(Cli.Replace("10", "15", StringComparison.Ordinal), await File.ReadAllTextAsync(directory["etc/one/cli/oneimage.yaml"], ct));
    }
}
