using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Hosting;

public sealed class CacheTelemetryTests : IDisposable
{
    private const string Digest = "digest abc\nbytes 1000\nallocated 500\n";
    private readonly Telemetry _seen = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Image_that_is_cached_is_a_hit()
    {
        await EnsureAsync(new ScriptedHosts().On("digest-image", Digest).On("acquire-image", "lease 1\n"));
        Assert.Equal(["oneedge.storage.cache.requests 1 outcome=hit"], _seen.Measurements);
        Assert.Equal(["fe:/ds/1/0a is in the cache of replica replica already"], _seen.Named("ImageCached"));
    }

    [Fact]
    public async Task Fetch_is_a_miss_with_its_bytes_evictions_beginning_and_end()
    {
        await EnsureAsync(Fetching());
        Assert.Equal(
            [
                "oneedge.storage.cache.requests 1 outcome=miss", "oneedge.storage.cache.evictions 1", "oneedge.storage.cache.evictions 1",
                "oneedge.storage.copied 400 way=cache", "oneedge.storage.copied 600 way=cache", "oneedge.storage.copied 32 way=cache",
            ],
            _seen.Measurements);
        Assert.Equal(["fe:/ds/1/0a, 1000 bytes, is fetched to the cache of replica replica"], _seen.Named("FetchStarted"));
        Assert.Equal(
            ["Replica replica gave up its cached image a1 for fe:/ds/1/0a", "Replica replica gave up its cached image a2 for fe:/ds/1/0a"],
            _seen.Named("ImageEvicted"));
        Assert.Single(_seen.Named("FetchFinished"));
        Assert.Empty(_seen.Named("LockTakenOver"));
    }

    [Fact]
    public async Task Lock_of_others_is_told_of_once_and_the_image_that_they_fetched_is_no_hit_of_ours()
    {
        await EnsureAsync(new ScriptedHosts().On("digest-image", Digest).On("acquire-image", "busy\n", "busy\n", "lease 1\n"));
        Assert.Equal(["oneedge.storage.cache.requests 1 outcome=waited"], _seen.Measurements);
        Assert.Equal(
            ["Somebody else fetches fe:/ds/1/0a to replica replica; that is waited for, up to 00:10:00"], _seen.Named("LockAwaited"));
    }

    [Fact]
    public async Task Lock_that_a_dead_holder_left_is_told_of_when_it_is_taken_over()
    {
        await EnsureAsync(Fetching().On("acquire-image", "expired lock\nlock 5\n"));
        Assert.Single(_seen.Named("LockTakenOver"));
    }

    [Fact]
    public async Task Fetch_that_fails_says_why_in_one_line()
    {
        var error = new HostException(StorageErrorCodes.HostCommand, "fe", "send-image", 23, "rsync: no\nwarn: a forged line");
        await Assert.ThrowsAsync<HostException>(() => EnsureAsync(Fetching().Fail("send-image", error)));
        string line = Assert.Single(_seen.Named("FetchFailed"));
        Assert.Contains("OES0401", line, StringComparison.Ordinal);
        Assert.EndsWith("'send-image' failed on host 'fe' with exit code 23: rsync: no warn: a forged line", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_with_control_characters_cannot_forge_lines()
    {
        var image = new HostPath("fe", "/ds/1/x\ninfo: all is well\r\u001b[2J\u2028\u202Eabc");
        await EnsureAsync(Fetching().On("make-room", "evicted a\u001b[1A\n"), image);
        await EnsureAsync(new ScriptedHosts().On("digest-image", Digest).On("acquire-image", "busy\n", "lease 1\n"), image);
        await new ReplicaCache(Fetching(), new ReplicaOptions(), TimeSpan.FromMinutes(1), TimeProvider.System, _seen).InvalidateAsync(image, "d", "r", Token);
        Assert.Equal(6, _seen.Messages.Select(message => message.Id.Id).Distinct().Count());
        Assert.All(_seen.Messages, message =>
        {
            Assert.DoesNotContain(message.Text, c => char.IsControl(c) || c is '\u2028' or '\u202E');
            Assert.Contains("\\u00", message.Text, StringComparison.Ordinal);
        });
    }

    public void Dispose() => _seen.Dispose();

    private static ScriptedHosts Fetching() => new ScriptedHosts().On("digest-image", Digest).On("acquire-image", "lock 1\n")
        .On("make-room", "evicted a1\nevicted a2\n").On("publish-image", "lease 2\n")
        .On("send-image", "     400  40%    1.00MB/s    0:00:01\n   1,000 100%    1.00MB/s    0:00:01\n      32 100%    1.00MB/s    0:00:01");

    private async Task EnsureAsync(ScriptedHosts hosts, HostPath? image = null)
    {
        var cache = new ReplicaCache(hosts, new ReplicaOptions(), TimeSpan.FromMinutes(1), TimeProvider.System, _seen);
        var route = new CopyRoute("replica", []);
        ReplicaLease lease = await cache.EnsureAsync(image ?? new HostPath("fe", "/ds/1/0a"), "replica", route, (_, _) => { }, Token);
        await lease.DisposeAsync();
    }
}
