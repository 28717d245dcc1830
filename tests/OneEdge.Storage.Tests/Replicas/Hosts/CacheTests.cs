using System.Globalization;
using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

public sealed class CacheTests : IDisposable
{
    private readonly ReplicaWorld _world = new();
    private readonly CountingHosts _hosts;

    public CacheTests() => _hosts = new CountingHosts(_world.Hosts());

    private string Index => _world.On("replica", _world.Datastores + "/1/.oneedge/index/");

    [Fact]
    public async Task Damaged_image_of_the_cache_is_found_and_copied_again()
    {
        byte[] content = _world.WriteImage(_world.Image(), 2, 1);
        await RunAsync(7, "h1");
        string cached = _world.On("replica", _world.Image());
        // Not one of its times or sizes tells: the damage is below the file system.
        string entry = File.ReadAllText(Index + "0a1b");
        using (FileStream file = File.OpenWrite(cached)) file.WriteByte((byte)~content[0]);
        await PretendUnchangedAsync(entry);

        await RunAsync(8, "h2");
        Assert.Equal(content, File.ReadAllBytes(_world.On("h2", _world.Disk(8))));
        Assert.Equal(content, File.ReadAllBytes(cached));
        Assert.Equal(2, _hosts.Count("send-image"));
    }

    [Fact]
    public async Task Image_that_another_front_end_wrote_over_is_copied_again()
    {
        byte[] content = _world.WriteImage(_world.Image(), 1, 1);
        await RunAsync(7, "h1");
        // As the original does: in place, and with a digest file that says it were the same.
        File.WriteAllBytes(_world.On("replica", _world.Image()), content[..5000]);
        File.WriteAllText(_world.Image() + ".md5sum", "0");
        File.WriteAllText(_world.On("replica", _world.Image()) + ".md5sum", "0");
        await RunAsync(8, "h1");
        Assert.Equal(content, File.ReadAllBytes(_world.On("replica", _world.Image())));
        Assert.Equal(content, File.ReadAllBytes(_world.On("h1", _world.Disk(8))));
    }

    [Fact]
    public async Task Changed_image_replaces_the_cached_one_with_its_snapshots_and_digest_file()
    {
        _world.WriteImage(_world.Image(), 1, 1);
        _world.WriteImage(_world.Image() + ".snap/0", 1, 2);
        await RunAsync(7, "h1");
        byte[] content = _world.WriteImage(_world.Image(), 1, 3);
        File.Delete(_world.Image() + ".snap/0");
        byte[] snapshot = _world.WriteImage(_world.Image() + ".snap/1", 1, 4);
        File.WriteAllText(_world.Image() + ".md5sum", "of the original");
        await RunAsync(8, "h1");
        string cached = _world.On("replica", _world.Image());
        Assert.Equal(content, File.ReadAllBytes(cached));
        Assert.Equal(snapshot, File.ReadAllBytes(cached + ".snap/1"));
        Assert.Equal("of the original", File.ReadAllText(cached + ".md5sum"));
        Assert.False(File.Exists(cached + ".snap/0"));
        Assert.Equal(snapshot, File.ReadAllBytes(_world.On("h1", _world.Disk(8)) + ".snap/1"));
    }

    [Fact]
    public async Task Images_used_longest_ago_make_room_as_many_as_needed()
    {
        // Three of 2 MiB fit; the fourth is larger than one of them.
        _world.Settings = _world.Settings with { Replica = _world.Settings.Replica with { MaxSizeMb = 7 } };
        foreach (string name in new[] { "a1", "a2", "a3" }) await PutAsync(name, 2);
        File.WriteAllText(_world.On("replica", _world.Image("a2")) + ".md5sum", "x");
        Directory.CreateDirectory(_world.On("replica", _world.Image("a2")) + ".snap");
        SetLastUse("a1", 3000);
        SetLastUse("a2", 1000);
        SetLastUse("a3", 2000);
        await PutAsync("b1", 4);
        Assert.Equal(["a1", "b1"], Cached());
    }

    [Fact]
    public async Task Image_in_a_chain_and_image_that_is_read_are_not_evicted()
    {
        _world.Settings = _world.Settings with { Replica = _world.Settings.Replica with { MaxSizeMb = 7 } };
        foreach (string name in new[] { "a1", "a2", "a3" }) await PutAsync(name, 2);
        SetLastUse("a1", 1000);
        SetLastUse("a2", 2000);
        SetLastUse("a3", 3000);
        string overlay = _world.On("replica", _world.Disk(99));
        Directory.CreateDirectory(Path.GetDirectoryName(overlay)!);
        ReplicaWorld.Run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", "../../1/a1", overlay);
        var cache = new ReplicaCache(_world.Hosts(), _world.Settings.Replica, _world.Settings.CacheLockLifetime, TimeProvider.System);
        await using (await cache.EnsureAsync(new HostPath("fe", _world.Image("a2")), "replica", Route(), (_, _) => { }, ReplicaWorld.Token))
        {
            SetLastUse("a2", 2000);
            await PutAsync("b1", 2);
        }

        Assert.Equal(["a1", "a2", "b1"], Cached());
    }

    [Fact]
    public async Task Cache_without_room_is_gone_round()
    {
        _world.Settings = _world.Settings with { Replica = _world.Settings.Replica with { MaxSizeMb = 1 } };
        byte[] content = _world.WriteImage(_world.Image(), 4, 1);
        List<TransferEvent> events = await RunAsync(7, "h1");
        Assert.Contains(events, item => item is TransferNote note && note.Text.Contains("no room", StringComparison.Ordinal));
        Assert.Equal(content, File.ReadAllBytes(_world.On("h1", _world.Disk(7))));
        Assert.Empty(Cached());
    }

    [Fact]
    public async Task Lock_of_a_dead_holder_expires_and_its_unfinished_copy_is_used()
    {
        _world.Settings = _world.Settings with { CacheLockLifetime = TimeSpan.FromSeconds(3) };
        byte[] content = _world.WriteImage(_world.Image(), 4, 1);
        string first = await AcquireAsync();
        Assert.Equal("lock 1", first);
        // It died when half of it was there.
        string part = _world.On("replica", _world.Datastores + "/1/.oneedge/partial/0a1b/1");
        File.WriteAllBytes(part + "/image", content[..(2 << 20)]);
        await RunAsync(7, "h1");
        Assert.Equal(content, File.ReadAllBytes(_world.On("replica", _world.Image())));
        Assert.False(Directory.Exists(part));
    }

    [Fact]
    public async Task Late_holder_cannot_publish()
    {
        byte[] content = _world.WriteImage(_world.Image(), 1, 1);
        _world.Settings = _world.Settings with { CacheLockLifetime = TimeSpan.FromMilliseconds(300) };
        Assert.Equal("lock 1", await AcquireAsync());
        string part = _world.On("replica", _world.Datastores + "/1/.oneedge/partial/0a1b/");
        File.WriteAllBytes(part + "1/image", content);
        // The second holder takes the lock and the copy over; the late one has only its number left.
        Assert.Equal("expired lock\nlock 2", await AcquireAsync());
        Directory.CreateDirectory(part + "1");
        File.WriteAllBytes(part + "1/image", content);
        string digest = await DigestAsync();
        HostException fenced = await Assert.ThrowsAsync<HostException>(() =>
            _world.Hosts().Get("replica").RunAsync(
                new HostScript("publish", CacheScripts.Publish, _world.Image(), "1", digest, "1000", "0"), ReplicaWorld.Token));
        Assert.Equal(ScriptParts.Fenced, fenced.ExitCode);
        Assert.False(File.Exists(_world.On("replica", _world.Image())));
        Assert.False(Directory.Exists(part + "1"));
        Assert.True(Directory.Exists(part + "2"));
    }

    [Fact]
    public async Task Waiting_for_others_ends_with_the_time_limit()
    {
        _world.WriteImage(_world.Image(), 1, 1);
        _world.Settings = _world.Settings with { CacheLockLifetime = TimeSpan.FromMinutes(5) };
        await AcquireAsync();
        _world.Settings = _world.Settings with { Replica = _world.Settings.Replica with { CopyLockTimeout = TimeSpan.FromSeconds(1) } };
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => RunAsync(7, "h1"));
        Assert.Equal(StorageErrorCodes.ReplicaLockTimeout, failure.Code);
    }

    [Fact]
    public async Task Holder_that_lives_keeps_its_lock_beyond_its_life_time()
    {
        _world.Settings = _world.Settings with { CacheLockLifetime = TimeSpan.FromSeconds(6) };
        _world.WriteImage(_world.Image(), 1, 1);
        string reply = await AcquireAsync();
        Assert.Equal("lock 1", reply);
        IRemoteHost replica = _world.Hosts().Get("replica");
        await using var alive = new KeepAlive(
            replica, life => new HostScript("renew", CacheScripts.Renew, _world.Image(), "lock", "1", Milliseconds(life)), _world.Settings.CacheLockLifetime,
                TimeProvider.System);
        // Longer than the lock would hold alone; the waiting is the replica's own.
        Assert.Equal("busy", await AcquireAsync(wait: _world.Settings.CacheLockLifetime + TimeSpan.FromSeconds(1)));
        Assert.False(alive.Lost.IsCancellationRequested);
    }

    public void Dispose() => _world.Dispose();

    private CopyRoute Route() => new("replica", _world.Settings.SshArguments);

    private async Task<List<TransferEvent>> RunAsync(int vm, string host, string name = "0a1b")
    {
        TransferManager driver = _world.Driver(_hosts);
        string[] words = [_world.Image(name), $"{host}:{_world.Disk(vm)}", vm.ToString(CultureInfo.InvariantCulture), "1"];
        List<TransferEvent> events = [];
        await foreach (TransferEvent item in driver.RunAsync(driver.Parse("CLONE", words, ReplicaWorld.Facts(vm)), ReplicaWorld.Token)) events.Add(item);
        return events;
    }

    private async Task PutAsync(string name, int megabytes)
    {
        byte[] content = new byte[megabytes << 20];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(_world.Image(name), content);
        var cache = new ReplicaCache(_world.Hosts(), _world.Settings.Replica, _world.Settings.CacheLockLifetime, TimeProvider.System);
        await using ReplicaLease _ = await cache.EnsureAsync(new HostPath("fe", _world.Image(name)), "replica", Route(), (_, _) => { }, ReplicaWorld.Token);
    }

    private string[] Cached() => [.. Directory.EnumerateFiles(_world.On("replica", _world.Datastores + "/1")).Concat(
        Directory.EnumerateDirectories(_world.On("replica", _world.Datastores + "/1")))
        .Select(Path.GetFileName).OfType<string>().Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];

    private void SetLastUse(string name, long time)
    {
        string[] parts = File.ReadAllText(Index + name).Split(' ');
        File.WriteAllText(Index + name, string.Create(CultureInfo.InvariantCulture, $"{parts[0]} {parts[1]} {time}\n"));
    }

    /// <summary>Makes the index say of the cached image, as it is, what it said before.</summary>
    private async Task PretendUnchangedAsync(string entry)
    {
        const string state = ScriptParts.Strict + ScriptParts.Digests + """state "$1" """;
        string now = (await _world.Hosts().Get("replica").RunAsync(new HostScript("state", state, _world.Image()), ReplicaWorld.Token)).StandardOutput.Trim();
        File.WriteAllText(Index + "0a1b", now + entry[entry.IndexOf(' ', StringComparison.Ordinal)..]);
    }

    private async Task<string> DigestAsync() => CacheReply.Get(
        (await _world.Hosts().Get("fe").RunAsync(new HostScript("digest", CacheScripts.Digest, _world.Image()), ReplicaWorld.Token)).StandardOutput, "digest",
            "fe");

    private async Task<string> AcquireAsync(TimeSpan? wait = null)
    {
        string life = Milliseconds(_world.Settings.CacheLockLifetime);
        string[] arguments = [_world.Image(), await DigestAsync(), life, life, Milliseconds(wait ?? TimeSpan.FromSeconds(20))];
        return (
            await _world.Hosts().Get("replica").RunAsync(new HostScript("acquire", CacheScripts.Acquire, arguments), ReplicaWorld.Token)).StandardOutput.Trim();
    }

    private static string Milliseconds(TimeSpan span) => ((long)span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
