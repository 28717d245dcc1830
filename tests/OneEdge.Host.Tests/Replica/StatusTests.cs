using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;

namespace OneEdge.Host.Tests.Replica;

[SupportedOSPlatform("linux")]
public sealed class StatusTests : IDisposable
{
    private readonly CacheWorld _world = new();

    [Fact]
    public async Task Images_come_with_size_last_use_content_and_why_they_stay()
    {
        await MakeAsync();
        HostRun run = (await _world.RunAsync("status", "local", "--max-size", "2M")).Exits(0);
        Assert.Matches(@"^datastore 1: 5 images, 1\.\d+ MiB of 2 MiB \(\d+(\.\d)? %\)$", run.Lines[0]);
        Assert.Equal(
            [
                "1/a1\t256 KiB\t1970-01-01 00:16:40Z\tvalid\t", "1/a2\t256 KiB\t1970-01-01 00:33:20Z\tvalid\tit is being read (1)",
                "1/a3\t256 KiB\t1970-01-01 00:50:00Z\tvalid\ta disk lies on it", "1/a4\t256 KiB\t1970-01-01 01:06:40Z\tchanged\tits file has another name too",
            ],
            run.Lines.Skip(1).Take(4));
        Assert.Matches(@"^1/of the original\t4 KiB\t20.*Z\tnot validated\tits name is not that of an image$", run.Lines[5]);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Json_has_the_same_for_programs()
    {
        await MakeAsync();
        JsonElement json = (await _world.RunAsync("status", "local", "--max-size", "2M", "--json")).Exits(0).Json;
        JsonElement datastore = Assert.Single(json.GetProperty("datastores").EnumerateArray());
        Assert.Equal((1, 2 << 20), (datastore.GetProperty("id").GetInt32(), datastore.GetProperty("limitBytes").GetInt32()));
        Assert.Equal(json.GetProperty("usedBytes").GetInt64(), datastore.GetProperty("usedBytes").GetInt64());
        JsonElement[] images = [.. datastore.GetProperty("images").EnumerateArray()];
        Assert.Equal(["a1", "a2", "a3", "a4", "of the original"], images.Select(image => image.GetProperty("name").GetString()));
        Assert.Equal([null, "leased", "in-chain", "linked", "foreign-name"], images.Select(image => image.GetProperty("keptBecause").GetString()));
        Assert.Equal(["valid", "valid", "valid", "changed", "unknown"], images.Select(image => image.GetProperty("content").GetString()));
        Assert.Equal(64, images[0].GetProperty("digest").GetString()!.Length);
        Assert.Equal(1, images[1].GetProperty("leases").GetInt32());
    }

    [Fact]
    public async Task Terminal_has_a_table()
    {
        await MakeAsync();
        HostRun run = (await _world.RunAsync(["status", "local"], terminal: true)).Exits(0);
        Assert.Contains("KEPT BECAUSE", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_touched()
    {
        await MakeAsync();
        string[] before = TreeState.Of(_world.Cache);
        (await _world.RunAsync("status", "local")).Exits(0);
        Assert.Equal(before, TreeState.Of(_world.Cache));
    }

    [Fact]
    public async Task Directory_without_a_cache_says_so()
    {
        HostRun run = (await _world.RunAsync("status", "local")).Exits(0);
        Assert.Equal($"no cache in {_world.Cache} on local\n", run.Out);
    }

    [Fact]
    public async Task Limit_comes_from_sshrc_and_options_go_over_it()
    {
        await _world.PutAsync("a1");
        string sshrc = _world["sshrc"];
        File.WriteAllText(sshrc, "# of the cloud\nREPLICA_MAX_SIZE_MB=3\nREPLICA_MAX_USED_PERC=50\n");
        Assert.Contains("of 3 MiB", (await _world.RunAsync("status", "local", "--sshrc", sshrc)).Exits(0).Out, StringComparison.Ordinal);
        Assert.Contains("of 5 MiB", (await _world.RunAsync("status", "local", "--sshrc", sshrc, "--max-size", "5M")).Exits(0).Out, StringComparison.Ordinal);
        HostRun used = (await _world.RunAsync("status", "local", "--sshrc", sshrc, "--max-used", "0")).Exits(0);
        Assert.DoesNotContain("of 3 MiB", used.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sshrc_that_would_run_something_is_refused_with_its_place()
    {
        string sshrc = _world["sshrc"];
        File.WriteAllText(sshrc, "REPLICA_MAX_SIZE_MB=3\nREPLICA_SSH_OPTS=$(id)\n");
        HostRun run = (await _world.RunAsync("status", "local", "--sshrc", sshrc)).Exits(255);
        Assert.Contains($"{sshrc}(2,18): error OES0503", run.Error, StringComparison.Ordinal);
        Assert.Contains("OEH0002", (await _world.RunAsync("status", "local", "--sshrc", _world["nothing"])).Exits(255).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("status", "-oProxyCommand=x")]
    [InlineData("status", "local", "--max-used", "101")]
    [InlineData("status", "local", "--max-size", "much")]
    [InlineData("status", "local", "--cache", "relative")]
    [InlineData("sync", "1/0a1b")]
    [InlineData("sync", "--to", "local")]
    [InlineData("sync", "0a1b", "--to", "local")]
    [InlineData("sync", "1/0a1b", "--to", "a b")]
    [InlineData("sync", "1/0a1b", "--to", "local", "--parallel", "0")]
    [InlineData("evict")]
    [InlineData("evict", "local", "1/a", "--to-size", "1G")]
    [InlineData("evict", "local", "--to-size", "-1")]
    public async Task Wrong_arguments_are_told_with_a_hint(params string[] words)
    {
        HostRun run = (await HostRun.OfAsync(["replica", .. words])).Exits(255);
        Assert.Empty(run.Out);
        Assert.All(
            run.Error.TrimEnd('\n').Split('\n'),
            line => Assert.Matches($@"^oneedge: error OEH0001: .+ \(see: oneedge replica {words[0]} --help\)$", line));
    }

    [Theory]
    [InlineData("fe:1/0a1b", "say with --address")]
    [InlineData("local:9/x/y", "expected")]
    [InlineData("/etc/passwd", "expected")]
    public async Task Image_that_is_none_of_a_datastore_is_refused(string image, string told)
    {
        HostRun run = (await _world.RunAsync("sync", image, "--to", "local")).Exits(255);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_world.Cache));
    }

    [Fact]
    public async Task Configuration_of_ssh_that_is_missing_is_told_of()
    {
        HostRun run = (await HostRun.OfAsync("replica", "status", "node1", "--ssh-config", _world["nothing"])).Exits(255);
        Assert.Contains("--ssh-config an existing file", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _world.Dispose();

    private async Task MakeAsync()
    {
        await _world.PutAsync("a1", "a2", "a3", "a4");
        _world.Lease("a2");
        await _world.ChainAsync("a3");
        File.WriteAllText($"{_world.Cache}/1/of the original", "data");
        // A second name changes what the record of the cache says of the file.
        using Process link = Process.Start("ln", [$"{_world.Cache}/1/a4", _world["elsewhere"]]);
        await link.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
