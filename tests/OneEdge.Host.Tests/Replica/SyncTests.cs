using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;

namespace OneEdge.Host.Tests.Replica;

[SupportedOSPlatform("linux")]
public sealed class SyncTests : IDisposable
{
    private readonly CacheWorld _world = new();

    [Fact]
    public async Task Images_are_copied_and_the_next_time_are_there()
    {
        byte[] one = _world.WriteImage("0a1b", seed: 1), two = _world.WriteImage("0c2d", seed: 2);
        HostRun first = (await _world.RunAsync("sync", "1/0a1b", $"{_world.Datastores}/1/0c2d", "--to", "local")).Exits(0);
        Assert.All(first.Lines, line => Assert.Matches(@"^local:/.*/1/0[ac].*: 256 KiB copied in \d+\.\d\d s, .*/s$", line));
        Assert.Equal(2, first.Lines.Count);
        Assert.Empty(first.Error);
        Assert.Equal(one, _world.Cached("0a1b"));
        Assert.Equal(two, _world.Cached("0c2d"));
        HostRun second = (await _world.RunAsync("sync", "1/0a1b", "1/0a1b", "--to", "local")).Exits(0);
        Assert.EndsWith("0a1b: 256 KiB, there already", Assert.Single(second.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_that_want_an_image_at_the_same_moment_copy_it_once()
    {
        byte[] content = _world.WriteImage("0a1b", kilobytes: 4096);
        HostRun[] runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _world.RunAsync("sync", "1/0a1b", "--to", "local", "--json")));
        JsonElement[] images = [.. runs.Select(run => run.Exits(0).Json.GetProperty("images")[0])];
        Assert.Single(images, image => image.GetProperty("copied").GetBoolean());
        Assert.Single(images.Select(image => image.GetProperty("digest").GetString()).Distinct());
        Assert.Equal(content, _world.Cached("0a1b"));
    }

    [Fact]
    public async Task Image_goes_to_another_host_with_its_snapshots()
    {
        byte[] content = _world.WriteImage("0a1b");
        byte[] snapshot = _world.WriteImage("0a1b.snap/0", seed: 2);
        Assert.NotNull(_world.Ssh.ConfigFile);
        HostRun run = (await _world.RunAsync("sync", "1/0a1b", "--to", CacheWorld.Node, "--json")).Exits(0);
        JsonElement image = run.Json.GetProperty("images")[0];
        Assert.Equal(
            (CacheWorld.Node, $"{CacheWorld.Node}:{_world.Cache}/1/0a1b", true, content.Length + snapshot.Length),
            (run.Json.GetProperty("host").GetString(), image.GetProperty("cached").GetString(), image.GetProperty("copied").GetBoolean(),
                image.GetProperty("bytes").GetInt32()));
        Assert.True(image.GetProperty("bytesPerSecond").GetInt64() > 0);
        Assert.Equal(content, _world.Cached("0a1b"));
        Assert.Equal(snapshot, _world.Cached("0a1b.snap/0"));
        HostRun status = (await _world.RunAsync("status", CacheWorld.Node)).Exits(0);
        // With the directory of the snapshots.
        Assert.Matches(@"\n1/0a1b\t5\d\d KiB\t", status.Out);
    }

    [Fact]
    public async Task Image_of_another_host_is_fetched_from_there()
    {
        byte[] content = _world.WriteImage("0a1b");
        Assert.NotNull(_world.Ssh.ConfigFile);
        // This host is its own neighbour here: the other one reaches it by the name of the only server.
        await _world.RunAsync("sync", $"{CacheWorld.Node}:1/0a1b", "--to", "local", "--address", CacheWorld.Node);
        Assert.Equal(content, _world.Cached("0a1b"));
    }

    [Theory]
    [InlineData("local")]
    [InlineData(CacheWorld.Node)]
    public async Task Copy_that_was_cut_is_continued_in_its_file(string host)
    {
        byte[] content = _world.WriteImage("0a1b", kilobytes: 1024);
        if (host != "local") Assert.NotNull(_world.Ssh.ConfigFile);
        string part = $"{_world.Cache}/1/.oneedge/partial/0a1b/1";
        Directory.CreateDirectory(part);
        Directory.CreateDirectory($"{_world.Cache}/1/.oneedge/index");
        File.WriteAllText(part + "/lock", "");
        File.WriteAllBytes(part + "/image", content[..(512 << 10)]);
        string before = Inode(part + "/image");
        HostRun status = (await _world.RunAsync("status", host)).Exits(0);
        Assert.Contains("unfinished copy of 1/0a1b: ", status.Out, StringComparison.Ordinal);
        Assert.Contains("to be continued", status.Out, StringComparison.Ordinal);
        (await _world.RunAsync("sync", "1/0a1b", "--to", host)).Exits(0);
        Assert.Equal(content, _world.Cached("0a1b"));
        Assert.Equal(before, Inode($"{_world.Cache}/1/0a1b"));
        Assert.DoesNotContain("unfinished", (await _world.RunAsync("status", host)).Exits(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminal_shows_how_far_it_is_and_how_fast()
    {
        _world.WriteImage("0a1b", kilobytes: 2048);
        HostRun run = (await _world.RunAsync(["sync", "1/0a1b", "--to", "local"], terminal: true)).Exits(0);
        Assert.Matches(@"\rcopying \[#*\.*\] +\d+ % of 2 MiB, [\d.]+ \w+/s", run.Error);
        Assert.DoesNotContain("copying", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_missing_does_not_stop_the_others()
    {
        _world.WriteImage("0a1b");
        HostRun run = (await _world.RunAsync("sync", "1/ffff", "1/0a1b", "--to", "local", "--json")).Exits(1);
        JsonElement images = run.Json.GetProperty("images");
        Assert.Equal("OES0001", images[0].GetProperty("code").GetString());
        Assert.True(images[1].GetProperty("copied").GetBoolean());
        Assert.Equal($"local:{_world.Datastores}/1/ffff: error OES0001: There is no image '{_world.Datastores}/1/ffff' on host local.\n", run.Error);
        (await _world.RunAsync("sync", "1/ffff", "--to", "local")).Exits(255);
    }

    [Fact]
    public async Task Cache_without_room_is_told_of()
    {
        _world.WriteImage("0a1b", kilobytes: 2048);
        HostRun run = (await _world.RunAsync("sync", "1/0a1b", "--to", "local", "--max-size", "1M")).Exits(255);
        Assert.Contains("error OES0505: Replica local has no room", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists($"{_world.Cache}/1/0a1b"));
    }

    [Fact]
    public async Task Image_is_not_cached_over_itself()
    {
        byte[] content = _world.WriteImage("0a1b");
        HostRun run = (await HostRun.OfAsync("replica", "sync", "1/0a1b", "--to", "local", "--datastores", _world.Datastores)).Exits(255);
        Assert.Contains("a directory of its own", run.Error, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllBytes($"{_world.Datastores}/1/0a1b"));
    }

    [Fact]
    public async Task Host_that_is_down_is_told_of()
    {
        _world.WriteImage("0a1b");
        _world.Ssh.Kill(CacheWorld.Node);
        HostRun run = (await _world.RunAsync("sync", "1/0a1b", "--to", CacheWorld.Node)).Exits(255);
        Assert.Contains("error OES0504: Replica node1 cannot be reached", run.Error, StringComparison.Ordinal);
        Assert.Contains("OES0504", (await _world.RunAsync("status", CacheWorld.Node, "--json")).Exits(255).Out, StringComparison.Ordinal);
    }

    public void Dispose() => _world.Dispose();

    private static string Inode(string file)
    {
        using Process process = Process.Start(new ProcessStartInfo("stat", ["-c", "%i", file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return process.StandardOutput.ReadToEnd();
    }
}
