using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

public sealed class DiskActionTests : IDisposable
{
    private readonly LocalWorld _world = new();

    private DiskFacts Recovering => new(0) { RecoverySnapshotFrequency = TimeSpan.Zero };

    [Fact]
    public async Task Plain_disk_goes_back_to_its_snapshot()
    {
        File.WriteAllText(_world.Disk, "one");
        await _world.RunAsync("SNAP_CREATE", ["h:" + _world.Disk, "0", "7", "0"], replica: "h");
        Assert.Equal("one", File.ReadAllText(_world.Recovery + ".replica_snap"));
        File.WriteAllText(_world.Disk, "two");
        await _world.RunAsync("SNAP_REVERT", ["h:" + _world.Disk, "0", "7", "0"]);
        Assert.Equal("one", File.ReadAllText(_world.Disk));
        await _world.RunAsync("SNAP_DELETE", ["h:" + _world.Disk, "0", "7", "0"]);
        Assert.Empty(Directory.GetFileSystemEntries(_world.Disk + ".snap"));
    }

    [Fact]
    public async Task Overlay_goes_back_and_forth_between_its_snapshots()
    {
        await MakeOverlayAsync();
        LocalWorld.Write(_world.Disk, 2);
        await _world.RunAsync("SNAP_CREATE", ["h:" + _world.Disk, "0", "7", "0"]);
        LocalWorld.Write(_world.Disk, 3);
        await _world.RunAsync("SNAP_CREATE", ["h:" + _world.Disk, "1", "7", "0"]);
        foreach (byte id in new byte[] { 0, 1, 0 })
        {
            await _world.RunAsync(
                "SNAP_REVERT", ["h:" + _world.Disk, id.ToString(System.Globalization.CultureInfo.InvariantCulture), "7", "0"], Recovering, "h");
            LocalWorld.AssertHolds(_world.Disk, (byte)(id + 2));
            Assert.Equal("disk.0.snap/base.1", new FileInfo(_world.Disk).LinkTarget);
            Assert.Equal(File.ReadAllBytes(_world.Disk + ".snap/base"), File.ReadAllBytes(_world.Recovery + ".snap/base"));
            LocalWorld.Write(_world.Disk, 9);
        }
    }

    [Fact]
    public async Task Persistent_overlay_goes_back_as_one_file_with_its_snapshots()
    {
        await MakeOverlayAsync();
        LocalWorld.Write(_world.Disk, 2);
        await _world.RunAsync("SNAP_CREATE", ["h:" + _world.Disk, "0", "7", "0"]);
        LocalWorld.Write(_world.Disk, 3);
        File.WriteAllText(_world.Image, "old");
        File.WriteAllText(_world.Image + ".md5sum", "old");
        await _world.RunAsync("MVDS", ["h:" + _world.Disk, _world.Image, "7", "1"]);
        LocalWorld.AssertHolds(_world.Image, 3);
        LocalWorld.AssertHolds(_world.Image + ".snap/0", 2);
        Assert.Equal(["0"], Names(_world.Image + ".snap"));
        Assert.DoesNotContain("backing", ReplicaWorld.Run("qemu-img", "info", _world.Image), StringComparison.Ordinal);
        Assert.False(File.Exists(_world.Image + ".md5sum"));
        Assert.False(File.Exists(_world.Disk + ".snap/base"));
    }

    [Fact]
    public async Task Plain_disk_goes_back_and_its_snapshots_replace_those_of_the_image()
    {
        File.WriteAllText(_world.Disk, "disk");
        Directory.CreateDirectory(_world.Disk + ".snap");
        File.WriteAllText(_world.Disk + ".snap/2", "two");
        Directory.CreateDirectory(_world.Image + ".snap");
        File.WriteAllText(_world.Image + ".snap/1", "one");
        await _world.RunAsync("MVDS", ["h:" + _world.Disk, _world.Image, "7", "1"]);
        Assert.Equal("disk", File.ReadAllText(_world.Image));
        Assert.Equal(["2"], Directory.GetFileSystemEntries(_world.Image + ".snap").Select(Path.GetFileName));
    }

    [Fact]
    public async Task Overlay_is_saved_as_a_new_image_and_no_temporary_file_stays()
    {
        await MakeOverlayAsync();
        LocalWorld.Write(_world.Disk, 5);
        await _world.RunAsync("CPDS", ["h:" + _world.Disk, _world.Image, "-1", "7", "1"]);
        LocalWorld.AssertHolds(_world.Image, 5);
        Assert.DoesNotContain("backing", ReplicaWorld.Run("qemu-img", "info", _world.Image), StringComparison.Ordinal);
        Assert.Equal([".recovery.disk.0.new", "disk.0", "disk.0.snap"], Names(Path.GetDirectoryName(_world.Disk)!));
    }

    [Theory]
    [InlineData("raw")]
    [InlineData("qcow2")]
    public async Task Disk_grows(string format)
    {
        ReplicaWorld.Run("qemu-img", "create", "-q", "-f", format, _world.Disk, "1M");
        await _world.RunAsync("RESIZE", ["h:" + _world.Disk, "3", "7", "0"]);
        Assert.Contains("(3145728 bytes)", ReplicaWorld.Run("qemu-img", "info", "-f", format, _world.Disk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guest_that_writes_a_header_into_its_raw_disk_gets_no_file_of_the_host()
    {
        string secret = _world["secret"];
        File.WriteAllText(secret, new string('s', 70000));
        ReplicaWorld.Run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", secret, _world.Disk);
        byte[] written = File.ReadAllBytes(_world.Disk);
        await _world.RunAsync("CPDS", ["h:" + _world.Disk, _world.Image, "-1", "7", "1"]);
        Assert.Equal(written, File.ReadAllBytes(_world.Image));
        await _world.RunAsync("RESIZE", ["h:" + _world.Disk, "3", "7", "0"], new DiskFacts(0) { Format = "raw" });
        Assert.Equal(written, File.ReadAllBytes(_world.Disk)[..written.Length]);
        HostException refused = await Assert.ThrowsAsync<HostException>(() => _world.RunAsync(new CreateRecoveryBaseStep(_world.Here(_world.Disk))));
        Assert.Contains("lies on another one", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snapshot_that_lies_on_a_file_of_the_host_is_no_new_base()
    {
        await MakeOverlayAsync();
        string secret = _world["secret"];
        File.WriteAllText(secret, new string('s', 70000));
        ReplicaWorld.Run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", secret, _world.Disk + ".snap/5");
        HostException refused = await Assert.ThrowsAsync<HostException>(
            () => _world.RunAsync("SNAP_REVERT", ["h:" + _world.Disk, "5", "7", "0"], Recovering, "h"));
        Assert.Contains("lies on another image", refused.Message, StringComparison.Ordinal);
        LocalWorld.AssertHolds(_world.Disk, 1);
    }

    [Fact]
    public async Task Snapshot_of_an_overlay_is_saved_as_one_file()
    {
        await MakeOverlayAsync();
        LocalWorld.Write(_world.Disk, 2);
        await _world.RunAsync("SNAP_CREATE", ["h:" + _world.Disk, "0", "7", "0"]);
        LocalWorld.Write(_world.Disk, 3);
        await _world.RunAsync("CPDS", ["h:" + _world.Disk, _world.Image, "0", "7", "1"]);
        LocalWorld.AssertHolds(_world.Image, 2);
        Assert.DoesNotContain("backing", ReplicaWorld.Run("qemu-img", "info", _world.Image), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Volatile_disks_are_made()
    {
        Tool.Require("mkfs.ext4", "e2fsprogs");
        await _world.RunAsync("MKIMAGE", ["8", "qcow2", "h:" + _world.Disk, "7", "0"], new DiskFacts(0) { FileSystem = "ext4" });
        string raw = _world["raw"];
        ReplicaWorld.Run("qemu-img", "convert", "-f", "qcow2", "-O", "raw", _world.Disk, raw);
        Assert.Contains("ext4", ReplicaWorld.Run("blkid", "-p", raw), StringComparison.Ordinal);
        await _world.RunAsync("MKSWAP", ["8", "h:" + _world.Disk, "7", "0"]);
        Assert.Contains("LABEL=\"swap\"", ReplicaWorld.Run("blkid", "-p", _world.Disk), StringComparison.Ordinal);
        Assert.Equal(["disk.0"], Names(Path.GetDirectoryName(_world.Disk)!));
    }

    [Fact]
    public async Task Running_disk_is_frozen_and_copied_when_the_hypervisor_cannot_copy_it()
    {
        await MakeOverlayAsync();
        LocalWorld.Write(_world.Disk, 4);
        // Stands in for libvirt: it cannot copy, but freezes.
        const string virsh = "virsh() { echo \"${*:3}\" >> \"$VIRSH_LOG\"; [ \"$3\" != blockcopy ]; }\nexport -f virsh\n";
        (HostPath _, HostScript script) = StepScripts.Of(new LiveExportStep(_world.Here(_world.Disk), _world.Here(_world.Image), "one-7", "vda"));
        string log = $"export VIRSH_LOG={_world["log"]}\n";
        const string timeout = "timeout() { shift; \"$@\"; }\n";
        await _world.Get("h").RunAsync(new HostScript("live", log + virsh + timeout + script.Text, script.Arguments), TestContext.Current.CancellationToken);
        LocalWorld.AssertHolds(_world.Image, 4);
        Assert.Equal([$"blockcopy one-7 vda {_world.Image} --wait --finish", "domfsfreeze one-7", "domfsthaw one-7"], File.ReadAllLines(_world["log"]));
    }

    [Fact]
    public async Task Overlay_is_made_once()
    {
        await MakeOverlayAsync();
        LocalWorld.Write(_world.Disk, 6);
        await _world.RunAsync(new CreateRecoveryBaseStep(_world.Here(_world.Disk)));
        LocalWorld.AssertHolds(_world.Disk, 6);
    }

    public void Dispose() => _world.Dispose();

    private async Task MakeOverlayAsync()
    {
        LocalWorld.MakeImage(_world.Disk, 1);
        await _world.RunAsync(new CreateRecoveryBaseStep(_world.Here(_world.Disk)));
    }

    private static string[] Names(string directory) =>
        [.. Directory.GetFileSystemEntries(directory).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
}
