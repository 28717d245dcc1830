using System.Runtime.Versioning;
using System.Text.Json;

namespace OneEdge.Host.Tests.Replica;

[SupportedOSPlatform("linux")]
public sealed class EvictTests : IDisposable
{
    private readonly CacheWorld _world = new();

    [Fact]
    public async Task Those_used_longest_ago_go_until_the_size_is_reached_but_none_in_use()
    {
        await _world.PutAsync("a1", "a2", "a3", "a4", "a5");
        _world.Lease("a1");
        await _world.ChainAsync("a2");
        // The five take a little more than 1,280 KiB.
        HostRun run = (await _world.RunAsync("evict", "local", "--to-size", "1M")).Exits(0);
        Assert.Equal(["a1", "a2", "a5"], _world.CachedNames());
        Assert.Equal(
            [
                "evicted 1/a3: 256 KiB, last used 1970-01-01 00:50:00Z", "evicted 1/a4: 256 KiB, last used 1970-01-01 01:06:40Z",
                "kept 1/a1: it is being read", "kept 1/a2: a disk lies on it", "freed 512 KiB",
            ],
            run.Lines);
    }

    [Fact]
    public async Task Dry_run_says_the_same_and_touches_nothing()
    {
        await _world.PutAsync("a1", "a2", "a3");
        _world.Lease("a1");
        string[] before = TreeState.Of(_world.Cache);
        HostRun run = (await _world.RunAsync("evict", "local", "--to-size", "600K", "--dry-run")).Exits(0);
        Assert.Equal(
            ["would evict 1/a2: 256 KiB, last used 1970-01-01 00:33:20Z", "would keep 1/a1: it is being read", "would free 256 KiB"], run.Lines);
        JsonElement json = (await _world.RunAsync("evict", "local", "1/a3", "1/a1", "-n", "--json")).Exits(1).Json;
        Assert.True(json.GetProperty("dryRun").GetBoolean());
        Assert.Equal("a3", json.GetProperty("evicted")[0].GetProperty("name").GetString());
        Assert.Equal("leased", json.GetProperty("kept")[0].GetProperty("because").GetString());
        Assert.Equal(256 << 10, json.GetProperty("freedBytes").GetInt32());
        Assert.Equal(before, TreeState.Of(_world.Cache));
    }

    [Fact]
    public async Task Size_that_cannot_be_reached_is_told_of()
    {
        await _world.PutAsync("a1", "a2");
        _world.Lease("a2");
        HostRun run = (await _world.RunAsync("evict", "local", "--to-size", "0")).Exits(1);
        Assert.Equal(["a2"], _world.CachedNames());
        Assert.Matches(@"freed 256 KiB; \d+(\.\d+)? KiB too many are left\n$", run.Out);
        Assert.Empty((await _world.RunAsync("evict", "local", "--to-size", "1G", "--json")).Exits(0).Json.GetProperty("evicted").EnumerateArray());
    }

    [Fact]
    public async Task Without_a_size_the_configured_one_counts()
    {
        await _world.PutAsync("a1", "a2", "a3", "a4");
        string sshrc = _world["sshrc"];
        File.WriteAllText(sshrc, "REPLICA_MAX_SIZE_MB=1\n");
        (await _world.RunAsync("evict", "local", "--sshrc", sshrc)).Exits(0);
        Assert.Equal(["a2", "a3", "a4"], _world.CachedNames());
    }

    [Fact]
    public async Task Named_images_go_with_their_snapshots_and_digests_also_on_another_host()
    {
        await _world.PutAsync("a1", "a2");
        File.WriteAllText($"{_world.Cache}/1/a1.md5sum", "x");
        Directory.CreateDirectory($"{_world.Cache}/1/a1.snap");
        Assert.NotNull(_world.Ssh.ConfigFile);
        HostRun run = (await _world.RunAsync("evict", CacheWorld.Node, $"{_world.Datastores}/1/a1", "1/ffff")).Exits(1);
        Assert.Contains("evicted 1/a1: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("kept 1/ffff: there is no such image", run.Out, StringComparison.Ordinal);
        Assert.Equal(["a2"], _world.CachedNames());
        // What is gone is fetched again.
        Assert.Contains("copied", (await _world.RunAsync("sync", "1/a1", "--to", "local")).Exits(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_that_was_cut_makes_room_first()
    {
        await _world.PutAsync("a1", "a2");
        string part = $"{_world.Cache}/1/.oneedge/partial/b1/7";
        Directory.CreateDirectory(part);
        File.WriteAllText(part + "/lock", "");
        File.WriteAllBytes(part + "/image", new byte[300 << 10]);
        HostRun run = (await _world.RunAsync("evict", "local", "--to-size", "700K")).Exits(0);
        Assert.False(Directory.Exists(part));
        Assert.Equal(["a1", "a2"], _world.CachedNames());
        Assert.StartsWith("freed 30", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2/a1")]
    [InlineData("1/../../a1")]
    [InlineData("/etc/passwd")]
    public async Task What_is_none_of_the_cache_is_refused_before_anything_goes(string image)
    {
        await _world.PutAsync("a1");
        HostRun run = (await _world.RunAsync("evict", "local", "1/a1", image)).Exits(255);
        Assert.Contains($"error OEH0001: '{image}' is no image of the cache of 'local'. (it has the datastores 1", run.Error, StringComparison.Ordinal);
        Assert.Equal(["a1"], _world.CachedNames());
        Assert.Contains("no datastore 5", (await _world.RunAsync("evict", "local", "--datastore", "5")).Exits(255).Error, StringComparison.Ordinal);
    }

    public void Dispose() => _world.Dispose();
}
