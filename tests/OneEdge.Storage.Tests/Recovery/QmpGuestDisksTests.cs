using System.Runtime.Versioning;
using System.Text.Json;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

[SupportedOSPlatform("linux")]
public sealed class QmpGuestDisksTests : IDisposable
{
    private readonly RecoveryWorld _world = new();
    private QemuMachine? _machine;

    public static TheoryData<bool> Kinds => [false, true];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Layer_comes_and_goes_and_no_write_is_lost(bool hasDevice)
    {
        QmpGuestDisks guests = await StartAsync(hasDevice);
        RecoveryDisk disk = _world.Disk;
        Assert.Equal(GuestDiskLayer.Overlay, (await guests.GetStatusAsync(disk, Token)).Layer);
        await _machine!.IoAsync(0, "write -P 2 1M 1M", hasDevice);
        Assert.False(await guests.FreezeAsync(disk, Token));
        Assert.Equal(GuestDiskLayer.Temporary, (await guests.GetStatusAsync(disk, Token)).Layer);
        byte[] frozen = File.ReadAllBytes(disk.OverlayFile);
        await _machine.IoAsync(0, "write -P 3 2M 1M", hasDevice);
        Assert.Equal(frozen, File.ReadAllBytes(disk.OverlayFile));
        await guests.CommitAsync(disk, Token);
        Assert.Equal(GuestDiskLayer.Overlay, (await guests.GetStatusAsync(disk, Token)).Layer);
        await guests.CommitAsync(disk, Token);
        await _machine.IoAsync(0, "flush", hasDevice);
        byte[] now = await RecoveryWorld.GuestBytesAsync(disk.File);
        Assert.Equal((1, 2, 3), (now[0], now[1 << 20], now[2 << 20]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Snapshots_of_a_running_machine_show_its_disk(bool hasDevice)
    {
        QmpGuestDisks guests = await StartAsync(hasDevice);
        var snapshots = new RecoverySnapshots(guests, new LocalHost("here"), null, _world.Options);
        for (int i = 1; i <= 3; i++)
        {
            await _machine!.IoAsync(0, $"write -P {10 + i} {i}M 512k", hasDevice);
            RecoveryOutcome outcome = await snapshots.TakeAsync(_world.Disk, Token);
            Assert.True(outcome.IsSuccess, outcome.Error?.ToString());
            Assert.Equal(await RecoveryWorld.GuestBytesAsync(_world.Disk.File), await RecoveryWorld.GuestBytesAsync(_world.There.Disk));
        }

        Assert.Equal(0, new FileInfo(_world.Disk.TemporaryFile).Length);
    }

    [Fact]
    public async Task Window_7_layer_that_a_dead_process_left_is_committed_and_not_deleted()
    {
        QmpGuestDisks guests = await StartAsync(false);
        await guests.FreezeAsync(_world.Disk, Token);
        await _machine!.IoAsync(0, "write -P 4 3M 1M");
        var snapshots = new RecoverySnapshots(guests, new LocalHost("here"), null, _world.Options);
        RecoveryOutcome outcome = await snapshots.TakeAsync(_world.Disk, Token);
        Assert.True(outcome.IsSuccess, outcome.Error?.ToString());
        Assert.Equal(4, (await RecoveryWorld.GuestBytesAsync(_world.There.Disk))[3 << 20]);
    }

    [Fact]
    public async Task Commit_whose_job_was_left_ready_is_finished()
    {
        QmpGuestDisks guests = await StartAsync(false);
        RecoveryDisk disk = _world.Disk;
        await guests.FreezeAsync(disk, Token);
        await _machine!.IoAsync(0, "write -P 5 3M 1M");
        JsonElement nodes = await _machine.ExecuteAsync("query-named-block-nodes");
        string below = QmpBlocks.NodeOf(nodes, disk, GuestDiskLayer.Overlay)!;
        await _machine.ExecuteAsync("block-commit", ("job-id", "oneedge-commit-7-0"), ("device", "oneedge-rs-7-0"), ("base-node", below));
        await guests.CommitAsync(disk, Token);
        Assert.Equal(GuestDiskLayer.Overlay, (await guests.GetStatusAsync(disk, Token)).Layer);
        await _machine.IoAsync(0, "flush");
        Assert.Equal(5, (await RecoveryWorld.GuestBytesAsync(disk.File))[3 << 20]);
    }

    [Fact]
    public async Task Only_the_disk_that_is_asked_for_is_touched()
    {
        RecoveryDisk other = _world.MakeDisk(7, 1);
        QmpGuestDisks guests = await StartAsync(true, other.File);
        await guests.FreezeAsync(other, Token);
        Assert.Equal(GuestDiskLayer.Overlay, (await guests.GetStatusAsync(_world.Disk, Token)).Layer);
        await guests.CommitAsync(other, Token);
    }

    [Fact]
    public async Task Window_9_guest_agent_holds_still_for_the_moment_of_the_snapshot()
    {
        string path = Path.Combine(_world.Directory, "agent.sock");
        using var agent = new FakeGuestAgent(path);
        QmpGuestDisks guests = await StartAsync(false, agent: path);
        Assert.True(await guests.FreezeAsync(_world.Disk, Token));
        Assert.Equal(["guest-sync-delimited", "guest-fsfreeze-freeze", "guest-fsfreeze-thaw"], agent.Commands);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Window_9_agent_that_refuses_or_is_silent_does_not_stop_a_snapshot(bool refuses, bool isSilent)
    {
        string path = Path.Combine(_world.Directory, "agent.sock");
        using var agent = new FakeGuestAgent(path, refuses, isSilent);
        QmpGuestDisks guests = await StartAsync(false, agent: path);
        Assert.False(await guests.FreezeAsync(_world.Disk, Token));
        Assert.Equal(GuestDiskLayer.Temporary, (await guests.GetStatusAsync(_world.Disk, Token)).Layer);
        if (refuses) Assert.Equal("guest-fsfreeze-thaw", agent.Commands[^1]);
    }

    [Fact]
    public async Task Snapshot_that_fails_thaws_the_guest()
    {
        string path = Path.Combine(_world.Directory, "agent.sock");
        using var agent = new FakeGuestAgent(path);
        QmpGuestDisks guests = await StartAsync(false, agent: path);
        Directory.CreateDirectory(_world.Disk.TemporaryFile);
        Assert.Equal(StorageErrorCodes.GuestDisk, (await Assert.ThrowsAsync<StorageException>(() => guests.FreezeAsync(_world.Disk, Token))).Code);
        Assert.Equal("guest-fsfreeze-thaw", agent.Commands[^1]);
    }

    [Fact]
    public async Task Machine_that_is_gone_is_told_of()
    {
        QmpGuestDisks guests = await StartAsync(false);
        _machine!.Kill();
        Assert.Equal(StorageErrorCodes.GuestUnreachable, (await Assert.ThrowsAsync<StorageException>(() => guests.GetStatusAsync(_world.Disk, Token))).Code);
        File.Delete(_machine.Monitor);
        Assert.Equal(GuestDiskLayer.None, (await guests.GetStatusAsync(_world.Disk, Token)).Layer);
    }

    [Fact]
    public async Task Answer_to_a_command_whose_sender_has_gone_is_taken_for_no_other()
    {
        QmpGuestDisks guests = await StartAsync(false);
        for (int i = 0; i < 20; i++)
        {
            using (JsonLines gone = await JsonLines.ConnectAsync(_machine!.Monitor, Token))
            {
                await gone.ReadAsync(Token);
                await gone.SendRawAsync("{\"execute\":\"qmp_capabilities\"}{\"execute\":\"query-version\"}\n", Token);
            }

            Assert.Equal(GuestDiskLayer.Overlay, (await guests.GetStatusAsync(_world.Disk, Token)).Layer);
        }
    }

    [Fact]
    public async Task Monitor_that_somebody_else_uses_does_not_hang_us()
    {
        await StartAsync(false);
        using JsonLines taken = await JsonLines.ConnectAsync(_machine!.Monitor, Token);
        await taken.ReadAsync(Token);
        var guests = new QmpGuestDisks(new QmpOptions { MonitorSocket = _ => _machine.Monitor, Timeout = TimeSpan.FromMilliseconds(200) });
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => guests.GetStatusAsync(_world.Disk, Token));
        Assert.Contains("one user at a time", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _machine?.Dispose();
        _world.Dispose();
    }

    private async Task<QmpGuestDisks> StartAsync(bool hasDevice, string? second = null, string? agent = null)
    {
        _machine = await QemuMachine.StartAsync(_world.Directory, hasDevice, second is null ? [_world.Disk.File] : [_world.Disk.File, second]);
        return new QmpGuestDisks(new QmpOptions
        {
            MonitorSocket = _ => _machine.Monitor,
            GuestAgentSocket = _ => agent,
            GuestAgentTimeout = TimeSpan.FromMilliseconds(500)
        });
    }
}
