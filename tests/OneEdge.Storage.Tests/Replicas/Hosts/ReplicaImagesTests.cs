using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

public sealed class ReplicaImagesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CountingHosts _hosts = new(new SshHosts(new LocalHost("here")));

    public ReplicaImagesTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Hosts run Linux.");
        Tool.Require("rsync", "rsync");
        Directory.CreateDirectory(_directory["cache"]);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ReplicaImages Images =>
        new(_hosts, "here", new ReplicaImagesOptions { DatastoresDirectory = _directory["ds"], CacheDirectory = _directory["cache"] });

    [Fact]
    public async Task Machines_that_ask_at_the_same_moment_make_one_copy()
    {
        HostPath image = Write("0a1b");
        ReplicaSyncResult[] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Images.SyncAsync(image, cancellationToken: Token)));
        Assert.Single(results, result => result.IsCopied);
        Assert.Equal(1, _hosts.Count("send-image"));
        Assert.Equal(File.ReadAllBytes(image.Path), File.ReadAllBytes(_directory["cache/1/0a1b"]));
        CachedImage cached = Assert.Single(Assert.Single((await Images.GetStatusAsync(Token)).Datastores).Images);
        Assert.Equal((CachedImageValidity.Valid, results[0].Digest, 0), (cached.Validity, cached.Digest, cached.Leases));
    }

    [Fact]
    public async Task What_came_into_use_since_the_plan_stays()
    {
        await Images.SyncAsync(Write("0a1b"), cancellationToken: Token);
        await Images.SyncAsync(Write("0c2d"), cancellationToken: Token);
        ReplicaEvictionPlan plan = ReplicaEvictionPlan.ToSize((await Images.GetStatusAsync(Token)).Datastores[0], 0);
        Assert.Equal(2, plan.Images.Count);
        Directory.CreateDirectory(_directory["cache/0/7"]);
        File.CreateSymbolicLink(_directory["cache/0/7/disk.0"], "../../1/0a1b");
        File.Delete(_directory["cache/1/0c2d"]);
        ReplicaEvictionResult result = await Images.EvictAsync(plan, Token);
        Assert.Equal([new KeptImage(1, "0a1b", ImageUse.InChain), new KeptImage(1, "0c2d", ImageUse.Missing)], result.Kept);
        Assert.Empty(result.Evicted);
        Assert.True(File.Exists(_directory["cache/1/0a1b"]));
    }

    [Fact]
    public async Task Names_of_images_are_data_and_nothing_else()
    {
        const string name = "a $(touch pwned) 'b\n;";
        _directory.Write($"cache/1/{name}", "x");
        _directory.Write("cache/1/.monitor", "replica\n");
        ReplicaCacheStatus status = await Images.GetStatusAsync(Token);
        Assert.Equal(name, Assert.Single(status.Datastores[0].Images).Name);
        ReplicaEvictionPlan plan = ReplicaEvictionPlan.Of(status.Datastores[0], [name]);
        Assert.Equal(ImageUse.ForeignName, Assert.Single(plan.Kept).Use);
        Assert.True(File.Exists(_directory[$"cache/1/{name}"]));
    }

    [Theory]
    [InlineData("ds/1/x/y")]
    [InlineData("ds/x/y")]
    [InlineData("elsewhere/1/a")]
    public async Task Image_outside_of_the_datastores_is_refused(string path)
    {
        StorageException failure = await Assert.ThrowsAsync<StorageException>(
            () => Images.SyncAsync(new HostPath("here", _directory[path]), cancellationToken: Token));
        Assert.Equal(StorageErrorCodes.TransferArguments, failure.Code);
    }

    [Fact]
    public async Task Image_that_is_missing_is_told_by_its_name()
    {
        StorageException failure = await Assert.ThrowsAsync<StorageException>(
            () => Images.SyncAsync(new HostPath("here", _directory["ds/1/ffff"]), cancellationToken: Token));
        Assert.Equal((StorageErrorCodes.FileMissing, $"There is no image '{_directory["ds/1/ffff"]}' on host here."), (failure.Code, failure.Message));
    }

    [Fact]
    public async Task Copy_that_is_cancelled_leaves_nothing_that_looks_finished()
    {
        HostPath image = Write("0a1b", 32 << 20);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var progress = new Stop(stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Images.SyncAsync(image, progress, stop.Token));
        Assert.False(File.Exists(_directory["cache/1/0a1b"]));
        Assert.True((await Images.SyncAsync(image, cancellationToken: Token)).IsCopied);
        Assert.Equal(File.ReadAllBytes(image.Path), File.ReadAllBytes(_directory["cache/1/0a1b"]));
    }

    public void Dispose() => _directory.Dispose();

    private HostPath Write(string name, int length = 1 << 20)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        return new HostPath("here", _directory.Write($"ds/1/{name}", content));
    }

    private sealed class Stop(CancellationTokenSource source) : IProgress<ReplicaSyncProgress>
    {
        public void Report(ReplicaSyncProgress value) => source.Cancel();
    }
}
