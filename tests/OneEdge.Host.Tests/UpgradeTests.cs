namespace OneEdge.Host.Tests;

public sealed class UpgradeTests
{
    private static string With(string port, string timeout = "180") =>
        Installation.Oned.Replace("2633", port, StringComparison.Ordinal) + $"TIMEOUT = {timeout}\n";

    private static string[] Args(Installation mine, Installation old, Installation @new, params string[] more) =>
        ["config", "upgrade", "--root", mine.Root, "--old-stock", old.Root, "--new-stock", @new.Root, .. more];

    [Fact]
    public async Task Changes_of_the_user_are_carried_over()
    {
        using Installation old = new(With("2633")), mine = new(With("2640")), @new = new(With("2633", "300"));
        HostRun run = (await HostRun.OfAsync(Args(mine, old, @new))).Exits(0);
        Assert.Equal(With("2640", "300"), mine.Read("etc/one/oned.conf"));
        Assert.Matches(@"update /etc/one/oned\.conf \(1 changes carried over\)\nbackup ", run.Out);
    }

    [Fact]
    public async Task A_conflict_without_a_decision_changes_nothing()
    {
        using Installation old = new(With("2633")), mine = new(With("2640")), @new = new(With("2700"));
        HostRun run = (await HostRun.OfAsync(Args(mine, old, @new))).Exits(255);
        Assert.Equal(With("2640"), mine.Read("etc/one/oned.conf"));
        Assert.Matches(@"^/etc/one/oned\.conf: error OEC1401: PORT: .+ \(decide with --on-conflict mine\|new", run.Error);
    }

    [Theory]
    [InlineData("mine", "2640")]
    [InlineData("new", "2700")]
    public async Task A_conflict_is_decided_by_the_option(string choice, string port)
    {
        using Installation old = new(With("2633")), mine = new(With("2640")), @new = new(With("2700"));
        (await HostRun.OfAsync(Args(mine, old, @new, "--on-conflict", choice))).Exits(0);
        Assert.Equal(With(port), mine.Read("etc/one/oned.conf"));
    }

    [Theory]
    [InlineData("m\n", 0, "2640")]
    [InlineData("what\nnew\n", 0, "2700")]
    [InlineData("fail\n", 255, "2640")]
    [InlineData("", 255, "2640")]
    public async Task A_conflict_is_asked_about_on_a_terminal(string answers, int exitCode, string port)
    {
        using Installation old = new(With("2633")), mine = new(With("2640")), @new = new(With("2700"));
        HostRun run = (await HostRun.OfAsync(Args(mine, old, @new), answers, terminal: true)).Exits(exitCode);
        Assert.Contains("Take [mine/new/fail] ", run.Out, StringComparison.Ordinal);
        Assert.Equal(With(port), mine.Read("etc/one/oned.conf"));
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_and_tells_open_conflicts()
    {
        using Installation old = new(With("2633")), mine = new(With("2640")), @new = new(With("2700", "300"));
        HostRun run = (await HostRun.OfAsync(Args(mine, old, @new, "--dry-run", "--diff"))).Exits(1);
        Assert.Contains("+TIMEOUT = 300\n", run.Out, StringComparison.Ordinal);
        Assert.Equal(With("2640"), mine.Read("etc/one/oned.conf"));
        Assert.False(Directory.Exists(mine["var/lib/one/backups"]));
    }

    [Fact]
    public async Task Json_holds_files_and_conflicts()
    {
        using Installation old = new(With("2633")), mine = new(With("2640")), @new = new(With("2700"));
        HostRun run = (await HostRun.OfAsync(Args(mine, old, @new, "--dry-run", "--json"))).Exits(1);
        Assert.Equal("PORT", run.Json.GetProperty("conflicts")[0].GetProperty("path").GetString());
        Assert.Equal("both-changed", run.Json.GetProperty("conflicts")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_stock_directory_without_files_is_refused()
    {
        using Installation old = new(), mine = new();
        HostRun run = (await HostRun.OfAsync("config", "upgrade", "--root", mine.Root, "--old-stock", old.Root, "--new-stock", mine["etc"])).Exits(255);
        Assert.StartsWith("oneedge: error OEH0002: There are no stock files below ", run.Error, StringComparison.Ordinal);
    }
}
