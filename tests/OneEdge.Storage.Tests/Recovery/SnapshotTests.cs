using System.Runtime.Versioning;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

[SupportedOSPlatform("linux")]
public sealed class SnapshotTests : IDisposable
{
    private readonly RecoveryWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task First_snapshot_of_a_new_disk_removes_what_the_replica_has_of_a_former_one()
    {
        _world.Options = _world.Options with { KeepGenerations = 3 };
        await _world.TakeAsync();
        await _world.TakeAsync();
        // As a deployment leaves it, which may not have reached the replica.
        File.WriteAllBytes(_world.Disk.Files.NewMark, []);
        await _world.TakeAsync();
        await _world.TakeAsync();
        Assert.Equal([4L, 3L], StoreNames.Generations(_world.There.Generations));
        Assert.False(File.Exists(_world.Disk.Files.NewMark));
    }

    [Fact]
    public async Task Replica_shows_the_moment_of_the_snapshot_and_the_guest_loses_nothing()
    {
        _world.Write(_world.Disk, "write -P 2 1M 1M");
        byte[] expected = await RecoveryWorld.GuestBytesAsync(_world.Disk.File);
        _world.Guests.OnFrozen = disk =>
        {
            _world.Write(disk, "write -P 3 2M 1M");
            return Task.CompletedTask;
        };
        RecoveryOutcome outcome = await _world.TakeAsync();

        Assert.Equal(expected, await RecoveryWorld.GuestBytesAsync(_world.There.Disk));
        byte[] now = await RecoveryWorld.GuestBytesAsync(_world.Disk.File);
        Assert.Equal((2, 3), (now[1 << 20], now[2 << 20]));
        Assert.Equal((1, 0, false), (outcome.State.Generation, outcome.State.Failures, outcome.State.PendingCommit));
        Assert.Equal(outcome.State, await RecoverySnapshots.ReadStateAsync(_world.Disk, Token));
    }

    [Fact]
    public async Task Replica_has_the_layout_that_the_original_restores_from()
    {
        await _world.TakeAsync();
        await _world.TakeAsync();
        Assert.Equal("disk.0.snap/base.1", new FileInfo(_world.There.Disk).LinkTarget);
        Assert.Equal(["base", "base.1"], Directory.EnumerateFileSystemEntries(_world.There.SnapshotDirectory).Select(Path.GetFileName).Order());
        Assert.All(new[] { _world.There.Base, _world.There.Overlay }, file => Assert.Null(new FileInfo(file).LinkTarget));
        _world.Images.Img("check", "-q", _world.There.Disk);
        Assert.Equal(["2", "base.sum", "incoming"], Directory.EnumerateFileSystemEntries(_world.There.Generations).Select(Path.GetFileName).Order());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_world.There.Incoming));
    }

    [Fact]
    public async Task Generations_are_kept_as_many_as_asked_and_each_shows_its_moment()
    {
        _world.Options = _world.Options with { KeepGenerations = 2 };
        List<byte[]> seen = [];
        for (int i = 1; i <= 3; i++)
        {
            _world.Write(_world.Disk, $"write -P {i} 3M 64k");
            seen.Add(await RecoveryWorld.GuestBytesAsync(_world.Disk.File));
            await _world.TakeAsync();
        }

        IReadOnlyList<RecoveryChain> chains = await _world.Store.ListAsync(cancellationToken: Token);
        Assert.Equal([3, 2], chains.Select(chain => chain.Generation));
        Assert.All(chains, chain => Assert.Null(chain.Problem));
        Assert.Equal(seen[2], await RecoveryWorld.GuestBytesAsync(chains[0].Files.Disk));
        Assert.Equal(seen[1], await RecoveryWorld.GuestBytesAsync(chains[1].Files.Disk));
    }

    [Fact]
    public async Task Mark_between_snapshots_is_that_of_the_original()
    {
        RecoveryOutcome outcome = await _world.TakeAsync();
        var mark = new FileInfo(_world.Disk.TemporaryFile);
        Assert.Equal((0, outcome.State.LastSuccess!.Value.ToUnixTimeSeconds()), (mark.Length, new DateTimeOffset(mark.LastWriteTimeUtc).ToUnixTimeSeconds()));
    }

    [Fact]
    public async Task Host_that_ran_the_original_is_taken_over()
    {
        var last = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        File.WriteAllBytes(_world.Disk.TemporaryFile, [1, 2, 3]);
        File.SetLastWriteTimeUtc(_world.Disk.TemporaryFile, last.UtcDateTime);
        RecoveryState state = await RecoverySnapshots.ReadStateAsync(_world.Disk, Token);
        Assert.Equal(last, state.LastSuccess);
        Assert.Equal(last.AddSeconds(60), RecoverySchedule.NextAt(_world.Disk, state, last.AddSeconds(10)));

        // The replica has what the original sent.
        Directory.CreateDirectory(_world.There.SnapshotDirectory);
        File.Copy(_world.Disk.BaseFile, _world.There.Base);
        File.WriteAllText(_world.There.Overlay, "older");
        DateTime baseTime = File.GetLastWriteTimeUtc(_world.There.Base);
        await _world.TakeAsync();
        Assert.Equal(baseTime, File.GetLastWriteTimeUtc(_world.There.Base));
        Assert.Equal(await RecoveryWorld.GuestBytesAsync(_world.Disk.File), await RecoveryWorld.GuestBytesAsync(_world.There.Disk));
    }

    [Fact]
    public async Task Window_3_raw_disk_gets_a_clear_error_and_the_guest_is_not_touched()
    {
        RecoveryDisk disk = _world.Disk;
        File.Delete(disk.OverlayFile);
        File.WriteAllBytes(disk.BaseFile, new byte[1 << 20]);
        RecoveryOutcome outcome = await _world.Snapshots.TakeAsync(disk, Token);
        Assert.Equal(StorageErrorCodes.RecoveryLayout, Assert.IsType<StorageException>(outcome.Error).Code);
        Assert.Contains("is raw; recovery snapshots need qcow2", outcome.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("RECOVERY_SNAPSHOT_FREQ", outcome.Error.Message, StringComparison.Ordinal);

        File.Delete(disk.File);
        File.WriteAllBytes(disk.File, new byte[1 << 20]);
        outcome = await _world.Snapshots.TakeAsync(disk, Token);
        Assert.Contains("is raw; recovery snapshots need qcow2", outcome.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(0, _world.Guests.Commits);
    }

    [Fact]
    public async Task Window_5_new_base_of_a_reverted_disk_goes_to_the_replica_with_its_overlay()
    {
        _world.Options = _world.Options with { KeepGenerations = 2 };
        await _world.TakeAsync();
        byte[] before = await RecoveryWorld.GuestBytesAsync(_world.Disk.File);
        Directory.Delete(_world.Disk.Files.SnapshotDirectory, recursive: true);
        File.Delete(_world.Disk.File);
        Directory.CreateDirectory(_world.Disk.Files.SnapshotDirectory);
        _world.Images.Img("create", "-q", "-f", "qcow2", _world.Disk.BaseFile, "8M");
        _world.Images.Io(_world.Disk.BaseFile, ["write -P 9 0 2M"]);
        _world.MakeOverlay(_world.Disk);
        await _world.TakeAsync();

        byte[] now = await RecoveryWorld.GuestBytesAsync(_world.There.Disk);
        Assert.Equal(9, now[0]);
        Assert.Equal(await RecoveryWorld.GuestBytesAsync(_world.Disk.File), now);
        IReadOnlyList<RecoveryChain> chains = await _world.Store.ListAsync(cancellationToken: Token);
        Assert.Equal([2, 1], chains.Select(chain => chain.Generation));
        Assert.Equal(before, await RecoveryWorld.GuestBytesAsync(chains[1].Files.Disk));
    }

    [Fact]
    public async Task Window_7_commit_that_fails_is_finished_at_once_by_the_next_attempt()
    {
        _world.Guests.FailCommit = new StorageException(StorageErrorCodes.CommitPending, "no");
        _world.Guests.OnFrozen = disk =>
        {
            _world.Write(disk, "write -P 5 4M 1M");
            return Task.CompletedTask;
        };
        RecoveryOutcome outcome = await _world.Snapshots.TakeAsync(_world.Disk, Token);
        Assert.Equal(StorageErrorCodes.CommitPending, Assert.IsType<StorageException>(outcome.Error).Code);
        Assert.True(outcome.State is { PendingCommit: true, Failures: 1, LastSuccess: not null });
        // Neither the layer nor the time that says when it is due is lost.
        Assert.True(new FileInfo(_world.Disk.TemporaryFile).Length > 0);
        DateTimeOffset attempt = outcome.State.LastAttempt!.Value;
        RecoveryWork work = Assert.Single(RecoverySchedule.Due([(_world.Disk, outcome.State)], attempt.AddSeconds(20)).Due);
        Assert.False(work.IsSnapshotDue);

        _world.Guests.FailCommit = null;
        _world.Guests.OnFrozen = null;
        outcome = await _world.Snapshots.FinishAsync(_world.Disk, Token);
        Assert.True(outcome.IsSuccess && outcome.State is { PendingCommit: false, Failures: 0, Generation: 1 });
        Assert.Equal(5, (await RecoveryWorld.GuestBytesAsync(_world.Disk.File))[4 << 20]);
        await _world.TakeAsync();
        Assert.Equal(5, (await RecoveryWorld.GuestBytesAsync(_world.There.Disk))[4 << 20]);
    }

    [Fact]
    public async Task Window_8_transfer_that_fails_leaves_the_old_time_and_is_retried_soon()
    {
        RecoveryOutcome first = await _world.TakeAsync();
        byte[] kept = await RecoveryWorld.GuestBytesAsync(_world.There.Disk);
        _world.Write(_world.Disk, "write -P 6 5M 1M");
        _world.Guests.OnFrozen = _ =>
        {
            _world.Ssh.Kill(RecoveryWorld.Replica);
            return Task.CompletedTask;
        };
        RecoveryOutcome outcome = await _world.Snapshots.TakeAsync(_world.Disk, Token);
        Assert.False(outcome.IsSuccess);
        Assert.Equal((1, false, first.State.LastSuccess), (outcome.State.Failures, outcome.State.PendingCommit, outcome.State.LastSuccess));
        Assert.Equal(outcome.State.LastAttempt!.Value.AddSeconds(15), RecoverySchedule.NextAt(_world.Disk, outcome.State, outcome.State.LastAttempt.Value));
        Assert.Equal(first.State.LastSuccess!.Value.ToUnixTimeSeconds(),
            new DateTimeOffset(File.GetLastWriteTimeUtc(_world.Disk.TemporaryFile)).ToUnixTimeSeconds());
        Assert.False(_world.Guests.IsFrozen(_world.Disk));
        Assert.Equal(kept, await RecoveryWorld.GuestBytesAsync(_world.There.Disk));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Window_9_generation_says_whether_the_guest_wrote_out_its_caches(bool quiesces)
    {
        _world.Guests.Quiesces = quiesces;
        await _world.TakeAsync();
        Assert.Equal(quiesces, Assert.Single(await _world.Store.ListAsync(cancellationToken: Token)).IsQuiesced);
    }

    [Fact]
    public async Task Replica_that_is_down_is_told_of_before_the_guest_is_touched()
    {
        _world.Ssh.Kill(RecoveryWorld.Replica);
        RecoveryOutcome outcome = await _world.Snapshots.TakeAsync(_world.Disk, Token);
        Assert.Equal(StorageErrorCodes.HostUnreachable, Assert.IsType<HostException>(outcome.Error).Code);
        Assert.Equal((0, 1, false), (_world.Guests.Commits, outcome.State.Failures, outcome.State.PendingCommit));
        Assert.Null(outcome.State.LastSuccess);
    }

    [Fact]
    public async Task Machine_that_is_off_is_told_of()
    {
        _world.Guests.IsRunning = false;
        RecoveryOutcome outcome = await _world.Snapshots.TakeAsync(_world.Disk, Token);
        Assert.Equal(StorageErrorCodes.GuestNotRunning, Assert.IsType<StorageException>(outcome.Error).Code);
    }

    [Fact]
    public async Task Snapshot_that_the_hypervisor_refuses_leaves_the_guest_where_it_was()
    {
        _world.Guests.FailFreeze = new StorageException(StorageErrorCodes.GuestDisk, "no");
        RecoveryOutcome outcome = await _world.Snapshots.TakeAsync(_world.Disk, Token);
        Assert.Equal((1, false), (outcome.State.Failures, outcome.State.PendingCommit));
        Assert.False(File.Exists(_world.Disk.TemporaryFile));
    }

    [Fact]
    public async Task Cancelled_snapshot_brings_the_guest_back_and_says_so_in_the_state()
    {
        using var stop = new CancellationTokenSource();
        _world.Guests.OnFrozen = _ => stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _world.Snapshots.TakeAsync(_world.Disk, stop.Token));
        Assert.False(_world.Guests.IsFrozen(_world.Disk));
        Assert.True(await RecoverySnapshots.ReadStateAsync(_world.Disk, Token) is { PendingCommit: false, Failures: 1 });
        Assert.False(File.Exists(_world.There.Overlay));
    }

    [Fact]
    public async Task Chain_that_is_broken_on_the_hypervisor_replaces_nothing()
    {
        await _world.TakeAsync();
        byte[] kept = File.ReadAllBytes(_world.There.Overlay);
        _world.Write(_world.Disk, "write -P 7 6M 1M");
        _world.Guests.OnFrozen = disk =>
        {
            using FileStream file = File.Open(disk.OverlayFile, FileMode.Open);
            file.SetLength(70_000);
            return Task.CompletedTask;
        };
        Assert.False((await _world.Snapshots.TakeAsync(_world.Disk, Token)).IsSuccess);
        Assert.Equal(kept, File.ReadAllBytes(_world.There.Overlay));
    }

    [Fact]
    public async Task Copy_that_differs_from_what_was_sent_is_not_published()
    {
        await _world.TakeAsync();
        byte[] kept = File.ReadAllBytes(_world.There.Overlay);
        _world.Write(_world.Disk, "write -P 8 6M 1M");
        // An rsync that damages the copy after it arrived.
        string rsync = Path.Combine(_world.Directory, "rsync");
        File.WriteAllText(rsync,
            $"#!/bin/sh\nrsync \"$@\" && printf x | dd of=\"$(ls '{_world.There.Incoming}'/*/base.1)\" bs=1 seek=300000 conv=notrunc status=none\n");
        File.SetUnixFileMode(rsync, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _world.Options = _world.Options with { Rsync = rsync };
        RecoveryOutcome outcome = await _world.Snapshots.TakeAsync(_world.Disk, Token);
        Assert.Equal(StorageErrorCodes.TransferCorrupt, Assert.IsType<StorageException>(outcome.Error).Code);
        Assert.Equal(kept, File.ReadAllBytes(_world.There.Overlay));
        _world.Options = _world.Options with { Rsync = "rsync" };
        await _world.TakeAsync();
    }

    [Fact]
    public async Task Connection_that_breaks_is_taken_up_again_while_the_image_stands_still()
    {
        string rsync = Path.Combine(_world.Directory, "rsync"), tries = Path.Combine(_world.Directory, "tries");
        File.WriteAllText(rsync, $"#!/bin/sh\necho x >> '{tries}'\n[ $(wc -l < '{tries}') -gt 2 ] || exit 12\nexec rsync \"$@\"\n");
        File.SetUnixFileMode(rsync, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _world.Options = _world.Options with { Rsync = rsync };
        await _world.TakeAsync();
        Assert.Equal(4, File.ReadAllLines(tries).Length);
        Assert.Equal(1, _world.Guests.Commits);
    }

    [Fact]
    public async Task Two_processes_do_not_take_a_snapshot_of_one_disk_at_once()
    {
        RecoveryOutcome? inner = null;
        _world.Guests.OnFrozen = async disk => inner = await _world.Snapshots.TakeAsync(disk, Token);
        await _world.TakeAsync();
        Assert.Equal(StorageErrorCodes.RecoveryBusy, Assert.IsType<StorageException>(inner!.Error).Code);
    }

    [Fact]
    public async Task State_that_is_no_state_is_read_from_the_mark()
    {
        RecoveryOutcome outcome = await _world.TakeAsync();
        File.WriteAllText(_world.Disk.Files.State, "{ \"Failures\": -1");
        RecoveryState state = await RecoverySnapshots.ReadStateAsync(_world.Disk, Token);
        Assert.Equal(outcome.State.LastSuccess!.Value.ToUnixTimeSeconds(), state.LastSuccess!.Value.ToUnixTimeSeconds());
    }

    public void Dispose() => _world.Dispose();
}
