using System.Runtime.Versioning;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

[SupportedOSPlatform("linux")]
public sealed class VirshGuestDisksTests : IDisposable
{
    private readonly RecoveryWorld _world = new();
    private readonly string _directory;
    private readonly VirshGuestDisks _guests;

    public VirshGuestDisksTests()
    {
        _directory = Path.Combine(_world.Directory, "libvirt");
        string virsh = FakeVirsh.Write(_directory, _world.Disk.File, "/var/lib/one/other disk,1", "-");
        _guests = new VirshGuestDisks(new LocalHost("here"), new VirshOptions { Program = virsh });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_are_those_of_the_original()
    {
        Assert.True(await _guests.FreezeAsync(_world.Disk, Token));
        await _guests.CommitAsync(_world.Disk, Token);
        string disk = _world.Disk.File, temporary = _world.Disk.TemporaryFile;
        string[][] calls = [.. FakeVirsh.Calls(_directory).Where(call => call[0] is "snapshot-create-as" or "blockcommit")];
        Assert.Equal(
            ["snapshot-create-as", "one-7", "recovery_snap", "--diskspec", $"{disk},file={temporary}", "--diskspec",
                "/var/lib/one/other disk,,1,snapshot=no", "--disk-only", "--atomic", "--no-metadata", "--quiesce"],
            calls[0]);
        Assert.Equal(["blockcommit", "one-7", temporary, "--base", _world.Disk.OverlayFile, "--top", temporary, "--active", "--pivot", "--wait"], calls[1]);
    }

    [Fact]
    public async Task Snapshot_is_taken_and_committed()
    {
        _world.Write(_world.Disk, "write -P 2 1M 1M");
        var snapshots = new RecoverySnapshots(_guests, new LocalHost("here"), null, _world.Options);
        for (int i = 0; i < 2; i++)
        {
            RecoveryOutcome outcome = await snapshots.TakeAsync(_world.Disk, Token);
            Assert.True(outcome.IsSuccess, outcome.Error?.ToString());
        }

        Assert.Equal(2, (await RecoveryWorld.GuestBytesAsync(_world.There.Disk))[1 << 20]);
        Assert.Equal(_world.Disk.OverlayFile, File.ReadLines(Path.Combine(_directory, "disks")).First());
    }

    [Fact]
    public async Task Window_9_guest_without_an_agent_gets_a_snapshot_that_is_not_quiesced()
    {
        File.WriteAllText(Path.Combine(_directory, "no-agent"), "");
        Assert.False(await _guests.FreezeAsync(_world.Disk, Token));
        Assert.Equal(GuestDiskLayer.Temporary, (await _guests.GetStatusAsync(_world.Disk, Token)).Layer);
    }

    [Fact]
    public async Task Window_7_commit_that_fails_keeps_the_layer_and_the_next_attempt_finishes_it()
    {
        File.WriteAllText(Path.Combine(_directory, "commit-fails"), "");
        var snapshots = new RecoverySnapshots(_guests, new LocalHost("here"), null, _world.Options);
        RecoveryOutcome outcome = await snapshots.TakeAsync(_world.Disk, Token);
        Assert.True(!outcome.IsSuccess && outcome.State.PendingCommit);
        _world.Images.Io(_world.Disk.TemporaryFile, ["write -P 6 2M 1M"]);
        File.Delete(Path.Combine(_directory, "commit-fails"));
        outcome = await snapshots.TakeAsync(_world.Disk, Token);
        Assert.True(outcome.IsSuccess, outcome.Error?.ToString());
        Assert.Equal(6, (await RecoveryWorld.GuestBytesAsync(_world.There.Disk))[2 << 20]);
    }

    [Theory]
    [InlineData("ready")]
    [InlineData("running")]
    public async Task Commit_whose_job_is_still_there_is_finished(string job)
    {
        await _guests.FreezeAsync(_world.Disk, Token);
        File.WriteAllText(Path.Combine(_directory, "job"), job);
        await _guests.CommitAsync(_world.Disk, Token);
        Assert.Equal(GuestDiskLayer.Overlay, (await _guests.GetStatusAsync(_world.Disk, Token)).Layer);
    }

    [Theory]
    [InlineData("shut off")]
    [InlineData("paused")]
    public async Task Domain_that_does_not_run_has_no_layer(string state)
    {
        File.WriteAllText(Path.Combine(_directory, "state"), state + "\n");
        GuestDiskStatus status = await _guests.GetStatusAsync(_world.Disk, Token);
        Assert.Equal(GuestDiskLayer.None, status.Layer);
        Assert.Contains(state, status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disk_that_the_domain_does_not_have_is_not_taken_for_another()
    {
        RecoveryDisk other = _world.Disk with { DiskId = 10 };
        Assert.Equal(GuestDiskLayer.None, (await _guests.GetStatusAsync(other, Token)).Layer);
        await Assert.ThrowsAsync<StorageException>(() => _guests.FreezeAsync(other, Token));
    }

    [Fact]
    public void List_of_block_devices_is_read_with_spaces_in_names() => Assert.Equal(
        ["/a b/disk.0", "-", "/c"],
        DomainBlocks.Parse(" Target   Source\n------------------------\n vda      /a b/disk.0\n hda      -\n sda      /c\n\n"));

    public void Dispose() => _world.Dispose();
}
