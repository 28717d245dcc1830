namespace OneEdge.Host.Tests;

public sealed class ValidateTests
{
    [Fact]
    public async Task A_sound_installation_has_no_findings()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync("config", "validate", at.Root)).Exits(0);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task A_syntax_error_is_a_clickable_finding()
    {
        using var at = new Installation(oned: "PORT = 1\nNOTHING HERE\n");
        HostRun run = (await HostRun.OfAsync("config", "validate", at.OnedFile)).Exits(1);
        Assert.StartsWith($"{at.OnedFile}(2,", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_are_json_when_asked_for()
    {
        using var at = new Installation(oned: "PORT = 1\nNOTHING HERE\n");
        HostRun run = (await HostRun.OfAsync("config", "validate", at.Root, "--json")).Exits(1);
        Assert.Equal(3, run.Json.GetProperty("files").GetInt32());
        Assert.Equal(2, run.Json.GetProperty("findings")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task A_stock_tree_tells_unknown_keys()
    {
        using Installation at = new(oned: Installation.Oned + "PROT = 1\n"), stock = new();
        HostRun run = (await HostRun.OfAsync("config", "validate", at.Root, "--stock", stock.Root)).Exits(1);
        Assert.Contains("PROT", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_an_error()
    {
        HostRun run = (await HostRun.OfAsync("config", "validate", "/no/such/oned.conf")).Exits(255);
        Assert.StartsWith("oneedge: error OEH0002: ", run.Error, StringComparison.Ordinal);
    }
}
