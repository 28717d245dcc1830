using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

public sealed class FullDiskTests : IDisposable
{
    private readonly ReplicaWorld _world;
    private SmallDisk? _disk;

    public FullDiskTests() => _world = new ReplicaWorld(Mount);

    private string Small => _world.Temporary("small");

    [Fact]
    public async Task Disk_of_the_replica_that_fills_up_is_gone_round_and_keeps_nothing_unfinished()
    {
        byte[] content = _world.WriteImage(_world.Image(), 2, 1);
        // There is room until the copy has begun.
        var hosts = new CountingHosts(_world.Hosts())
        {
            Before = (_, script, _) =>
            {
                if (script.Name == "send-image") File.WriteAllBytes(Small + "/filler", new byte[3500 << 10]);
                return Task.CompletedTask;
            },
        };
        List<TransferEvent> events = await RunAsync(hosts);
        Assert.Equal(1, hosts.Count("send-image"));
        AssertGoneRound(events, content);
    }

    [Fact]
    public async Task Disk_of_the_replica_that_is_too_small_is_not_even_tried()
    {
        byte[] content = _world.WriteImage(_world.Image(), 12, 1);
        var hosts = new CountingHosts(_world.Hosts());
        List<TransferEvent> events = await RunAsync(hosts);
        Assert.Equal(0, hosts.Count("send-image"));
        AssertGoneRound(events, content);
    }

    [Fact]
    public async Task Full_disk_of_the_hypervisor_fails_and_leaves_no_disk()
    {
        _world.WriteImage(_world.Image(), 12, 1);
        await Assert.ThrowsAsync<HostException>(() => _world.RunAsync(
            ReplicaWorld.Facts(7) with { Datastores = [] }, "CLONE", _world.Image(), $"replica:{_world.Disk(7)}", "7", "1"));
        Assert.Empty(Directory.GetFileSystemEntries(Small + "/0/7"));
    }

    public void Dispose()
    {
        _world.Dispose();
        _disk?.Dispose();
    }

    private void Mount(ReplicaWorld world)
    {
        _disk = SmallDisk.Mount(world.Temporary("small"), "size=4m");
        string datastores = world.On("replica", world.Datastores);
        Directory.Delete(datastores);
        Directory.CreateSymbolicLink(datastores, world.Temporary("small"));
    }

    private async Task<List<TransferEvent>> RunAsync(CountingHosts hosts)
    {
        TransferManager driver = _world.Driver(hosts);
        List<TransferEvent> events = [];
        TransferRequest request = driver.Parse("CLONE", [_world.Image(), $"h1:{_world.Disk(7)}", "7", "1"], ReplicaWorld.Facts(7));
        await foreach (TransferEvent item in driver.RunAsync(request, ReplicaWorld.Token)) events.Add(item);
        return events;
    }

    private void AssertGoneRound(List<TransferEvent> events, byte[] content)
    {
        Assert.Contains(events, item => item is TransferNote note && note.Text.Contains("no room", StringComparison.Ordinal));
        Assert.Equal(content, File.ReadAllBytes(_world.On("h1", _world.Disk(7))));
        Assert.False(File.Exists(Small + "/1/0a1b"));
        Assert.Empty(Directory.GetFileSystemEntries(Small + "/1/.oneedge/partial/0a1b"));
        Assert.Empty(Directory.GetFileSystemEntries(Small + "/1/.oneedge/locks"));
    }
}
