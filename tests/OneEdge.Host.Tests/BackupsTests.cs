using System.Text.Json;

namespace OneEdge.Host.Tests;

public sealed class BackupsTests
{
    private static async Task PatchAsync(Installation at, int port) =>
        (await HostRun.OfAsync(["config", "patch", "--root", at.Root], $"/etc/one/oned.conf set PORT {port}\n")).Exits(0);

    private static async Task<string[]> IdsAsync(Installation at) =>
        [.. (await HostRun.OfAsync("config", "backups", "list", "--root", at.Root)).Exits(0).Lines.Select(l => l.Split('\t')[0])];

    [Fact]
    public async Task A_backup_is_listed_and_restored()
    {
        using var at = new Installation();
        await PatchAsync(at, 1);
        string id = Assert.Single(await IdsAsync(at));
        HostRun run = (await HostRun.OfAsync("config", "backups", "restore", id, "--root", at.Root)).Exits(0);
        Assert.StartsWith("restored /etc/one/oned.conf\nbackup ", run.Out, StringComparison.Ordinal);
        Assert.Equal(Installation.Oned, at.Read("etc/one/oned.conf"));
    }

    [Fact]
    public async Task Prune_keeps_the_newest()
    {
        using var at = new Installation();
        await PatchAsync(at, 1);
        await PatchAsync(at, 2);
        string[] ids = await IdsAsync(at);
        HostRun run = (await HostRun.OfAsync("config", "backups", "prune", "--keep", "1", "--root", at.Root)).Exits(0);
        Assert.Equal($"deleted {ids[1]}\n", run.Out);
        Assert.Equal(ids[0], Assert.Single(await IdsAsync(at)));
    }

    [Fact]
    public async Task Every_form_has_json()
    {
        using var at = new Installation();
        await PatchAsync(at, 1);
        HostRun list = (await HostRun.OfAsync("config", "backups", "list", "--root", at.Root, "--json")).Exits(0);
        JsonElement backup = Assert.Single(list.Json.GetProperty("backups").EnumerateArray());
        HostRun restored = (await HostRun.OfAsync("config", "backups", "restore", backup.GetProperty("id").GetString()!, "--root", at.Root, "--json")).Exits(0);
        Assert.True(restored.Json.GetProperty("changed").GetBoolean());
        HostRun pruned = (await HostRun.OfAsync("config", "backups", "prune", "--keep", "0", "--root", at.Root, "--json")).Exits(0);
        Assert.Equal(2, pruned.Json.GetProperty("deleted").GetArrayLength());
    }

    [Fact]
    public async Task An_unknown_backup_is_an_error_with_its_code()
    {
        using var at = new Installation();
        HostRun run = (await HostRun.OfAsync("config", "backups", "restore", "../../etc", "--root", at.Root)).Exits(255);
        Assert.StartsWith("oneedge: error OEC1301: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_gets_a_table_and_no_colour_gets_lines()
    {
        using var at = new Installation();
        await PatchAsync(at, 1);
        string[] args = ["config", "backups", "list", "--root", at.Root];
        Assert.Contains("│", (await HostRun.OfAsync(args, terminal: true)).Exits(0).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("│", (await HostRun.OfAsync(args, terminal: true, variables: [("NO_COLOR", "1")])).Exits(0).Out, StringComparison.Ordinal);
    }
}
