using System.Globalization;
using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

public sealed class CloneTests : IDisposable
{
    private readonly ReplicaWorld _world = new();

    [Fact]
    public async Task Ten_machines_that_start_together_cost_one_copy_to_the_replica()
    {
        string image = _world.Image();
        byte[] content = _world.WriteImage(image, 8, 1);
        Directory.CreateDirectory(image + ".snap");
        File.WriteAllBytes(image + ".snap/3", content[..70000]);
        var hosts = new CountingHosts(_world.Hosts());
        // Each with a driver of its own, as processes have.
        await Task.WhenAll(Enumerable.Range(10, 10).Select(async vm =>
        {
            TransferManager driver = _world.Driver(hosts);
            string host = vm % 2 == 0 ? "h1" : "h2";
            TransferRequest request = driver.Parse(
                "CLONE", [image, $"{host}:{_world.Disk(vm)}", vm.ToString(CultureInfo.InvariantCulture), "1"], ReplicaWorld.Facts(vm));
            List<TransferEvent> events = [];
            await foreach (TransferEvent item in driver.RunAsync(request, ReplicaWorld.Token)) events.Add(item);
            Assert.IsType<TransferFinished>(events[^1]);
            Assert.DoesNotContain(events, item => item is TransferNote);
        }));
        Assert.Equal(1, hosts.Count("send-image"));
        Assert.Equal(content, File.ReadAllBytes(_world.On("replica", image)));
        for (int vm = 10; vm < 20; vm++)
        {
            string disk = _world.On(vm % 2 == 0 ? "h1" : "h2", _world.Disk(vm));
            Assert.Equal(content, File.ReadAllBytes(disk));
            Assert.Equal(content[..70000], File.ReadAllBytes(disk + ".snap/3"));
        }

        Assert.Equal("replica\n", File.ReadAllText(_world.On("replica", _world.Datastores + "/1/.monitor")));
        Assert.Equal("ssh\n", File.ReadAllText(_world.On("h1", _world.Datastores + "/0/.monitor")));
        foreach (string host in ReplicaWorld.HostNames) Assert.Empty(_world.Leftovers(host));
    }

    [Fact]
    public async Task Processes_that_want_the_same_image_at_once_cost_one_copy()
    {
        string image = _world.WriteQcow2(_world.Image(), 4, 1);
        await Task.WhenAll(Enumerable.Range(1, 3).Select(async vm =>
        {
            using KilledProcess process = KilledProcess.Start(
                TestProgram.Path, "transfer", _world.SshConfig, _world.Location, $"{_world.Journal}{vm}", "CLONE", $"{vm}", image, $"h1:{_world.Disk(vm)}",
                    $"{vm}", "1");
            while (await process.ReadLineAsync(ReplicaWorld.Token) != "done") { }
        }));
        // A number for each of the three that read, and one for each that copied.
        Assert.Equal("4\n", File.ReadAllText(_world.On("replica", _world.Datastores + "/1/.oneedge/counter")));
        for (int vm = 1; vm <= 3; vm++) ReplicaWorld.Run("qemu-img", "compare", image, _world.On("h1", _world.Disk(vm)));
    }

    [Fact]
    public async Task Progress_tells_bytes_and_rate_of_both_copies()
    {
        byte[] content = _world.WriteImage(_world.Image(), 4, 1);
        List<TransferEvent> events = await _world.CloneAsync(7, "h1", _world.Image());
        TransferProgress cached = events.OfType<TransferProgress>().Last(item => item.Index == 2);
        Assert.Equal((content.LongLength, content.LongLength), (cached.Bytes, cached.TotalBytes));
        TransferProgress copied = events.OfType<TransferProgress>().Last(item => item.Index == 3);
        // The hole is not sent.
        Assert.InRange(copied.Bytes, content.Length / 2, content.Length);
        Assert.True(copied.BytesPerSecond > 0);
    }

    [Fact]
    public async Task Holes_of_an_image_are_holes_on_replica_and_hypervisor()
    {
        string image = _world.Image();
        using (FileStream file = File.Create(image)) file.SetLength(8 << 20);
        await _world.CloneAsync(7, "h1", image);
        foreach (string copy in new[] { _world.On("replica", image), _world.On("h1", _world.Disk(7)) })
            Assert.True(long.Parse(ReplicaWorld.Run("stat", "-c", "%b", copy), CultureInfo.InvariantCulture) < 100, copy);
    }

    [Fact]
    public async Task Disk_with_recovery_snapshots_is_an_overlay_and_the_replica_has_its_base()
    {
        string image = _world.WriteQcow2(_world.Image(), 4, 2);
        await _world.CloneAsync(7, "h1", image, ReplicaWorld.WithRecovery() with { SizeMb = 6, OriginalSizeMb = 4 });
        string disk = _world.On("h1", _world.Disk(7));
        Assert.Equal("disk.0.snap/base.1", new FileInfo(disk).LinkTarget);
        Assert.Equal(".", new FileInfo(disk + ".snap/disk.0.snap").LinkTarget);
        Assert.Equal(File.ReadAllBytes(image), File.ReadAllBytes(disk + ".snap/base"));
        Assert.Equal(File.ReadAllBytes(image), File.ReadAllBytes(_world.On("replica", _world.Recovery(7)) + ".snap/base"));
        Assert.Equal("disk.0.snap/base.1", new FileInfo(_world.On("replica", _world.Recovery(7))).LinkTarget);
        Assert.False(File.Exists(_world.On("replica", _world.Recovery(7)) + ".snap/base.1"));
        string info = ReplicaWorld.Run("qemu-img", "info", "--backing-chain", disk);
        Assert.Contains("6 MiB", info, StringComparison.Ordinal);
        Assert.Contains("backing file: disk.0.snap/base", info, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redeployed_machine_gets_its_last_recovery_snapshot()
    {
        string image = _world.WriteQcow2(_world.Image(), 4, 2);
        await _world.CloneAsync(7, "h1", image, ReplicaWorld.WithRecovery());
        string disk = _world.On("h1", _world.Disk(7));
        ReplicaWorld.Run("qemu-io", "-c", "write -P 0x5a 0 64k", disk);
        string recovery = _world.On("replica", _world.Recovery(7));
        File.Copy(disk + ".snap/base.1", recovery + ".snap/base.1");
        _world.Kill("h1");
        List<TransferEvent> events = await _world.CloneAsync(7, "h2", image, ReplicaWorld.WithRecovery());
        Assert.Contains(events, item => item is TransferNote note && note.Text.Contains("restored", StringComparison.Ordinal));
        ReplicaWorld.Run("qemu-io", "-r", "-c", "read -P 0x5a 0 64k", _world.On("h2", _world.Disk(7)));
        ReplicaWorld.Run("qemu-img", "compare", disk, _world.On("h2", _world.Disk(7)));
    }

    [Fact]
    public async Task Replica_may_be_the_hypervisor()
    {
        string image = _world.WriteQcow2(_world.Image(), 2, 3);
        await _world.CloneAsync(7, "replica", image, ReplicaWorld.WithRecovery());
        Assert.Equal(File.ReadAllBytes(image), File.ReadAllBytes(_world.On("replica", _world.Disk(7)) + ".snap/base"));
        ReplicaWorld.Run("qemu-img", "compare", image, _world.On("replica", _world.Disk(7)));
    }

    [Fact]
    public async Task Replica_that_is_down_is_gone_round()
    {
        string image = _world.WriteQcow2(_world.Image(), 2, 4);
        _world.Kill("replica");
        List<TransferEvent> events = await _world.CloneAsync(7, "h1", image, ReplicaWorld.WithRecovery());
        Assert.Contains(events, item => item is TransferNote note && note.Text.Contains("cannot be reached", StringComparison.Ordinal));
        ReplicaWorld.Run("qemu-img", "compare", image, _world.On("h1", _world.Disk(7)));
    }

    [Fact]
    public async Task Replica_that_dies_while_it_sends_is_gone_round()
    {
        byte[] content = _world.WriteImage(_world.Image(), 2, 5);
        var hosts = new CountingHosts(_world.Hosts())
        {
            Before = (_, script, _) =>
            {
                if (script.Name == "send") _world.Kill("replica");
                return Task.CompletedTask;
            },
        };
        TransferManager driver = _world.Driver(hosts);
        await foreach (TransferEvent _ in driver.RunAsync(
            driver.Parse("CLONE", [_world.Image(), $"h1:{_world.Disk(7)}", "7", "1"], ReplicaWorld.Facts(7)), ReplicaWorld.Token)) { }
        Assert.Equal(content, File.ReadAllBytes(_world.On("h1", _world.Disk(7))));
    }

    [Fact]
    public async Task Cancelled_transfer_leaves_no_name_and_goes_on_later()
    {
        byte[] content = _world.WriteImage(_world.Image(), 4, 6);
        using var cancelled = new CancellationTokenSource();
        TransferManager driver = _world.Driver();
        TransferRequest request = driver.Parse("CLONE", [_world.Image(), $"h1:{_world.Disk(7)}", "7", "1"], ReplicaWorld.Facts(7));
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (TransferEvent item in driver.RunAsync(request, cancelled.Token))
                if (item is StepStarted { Step: CopyDiskStep }) await cancelled.CancelAsync();
        });
        Assert.False(File.Exists(_world.On("h1", _world.Disk(7))));
        List<TransferEvent> events = await _world.CloneAsync(7, "h1", _world.Image());
        Assert.Contains(events, item => item is StepSkipped { Step: SyncToReplicaStep });
        Assert.Equal(content, File.ReadAllBytes(_world.On("h1", _world.Disk(7))));
        Assert.Empty(_world.Leftovers("h1"));
    }

    public void Dispose() => _world.Dispose();
}
