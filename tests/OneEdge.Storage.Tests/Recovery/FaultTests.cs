using System.Diagnostics;
using System.Runtime.Versioning;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

[SupportedOSPlatform("linux")]
public sealed class FaultTests : IDisposable
{
    private const int Kills = 10;

    // The process that becomes ssh dies when so much of a copy has gone to it.
    private const string BrokenSsh = """
        case "$*" in
          *rsync*) exec ssh "$@" < <(dd bs=64k count=6000000 iflag=count_bytes status=none; kill -KILL $$) ;;
          *) exec ssh "$@" ;;
        esac
        """;

    private readonly RecoveryWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Agent_that_is_killed_anywhere_leaves_a_whole_snapshot_and_the_guest_loses_nothing()
    {
        string location = Path.GetDirectoryName(Path.GetDirectoryName(_world.Disk.VmDirectory))!;
        WriteDeployment(location);
        using QemuMachine machine = await QemuMachine.StartAsync(_world.Disk.VmDirectory, hasDevice: false, _world.Disk.File);
        var guests = new QmpGuestDisks(new QmpOptions { MonitorSocket = _ => machine.Monitor });
        var snapshots = new RecoverySnapshots(guests, new LocalHost("here"), null, _world.Options);
        Assert.True((await snapshots.TakeAsync(_world.Disk, Token)).IsSuccess);
        var random = new Random(20260301);
        for (int i = 0; i < Kills; i++)
        {
            // One write, so that a snapshot shows all of it or nothing.
            await machine.IoAsync(0, $"write -P {i + 10} 2M 4M");
            using (KilledProcess agent = KilledProcess.Start(TestProgram.Path, "recovery-agent", location, _world.Options.StoreDirectory,
                _world.Options.Ssh.ConfigFile!))
            {
                await agent.WaitForLineAsync("ready", Token);
                Assert.True(await agent.KillAfterAsync(TimeSpan.FromMilliseconds(random.Next(2_000)), Token));
            }

            byte[] kept = await RecoveryWorld.GuestBytesAsync((await _world.Store.FindAsync(7, 0, null, Token)).Chain.Files.Disk);
            AssertShows(kept, i == 0 ? [0, 10] : [i + 9, i + 10]);
            // What the original would restore: base and base.1 belong together, if both are there.
            if (File.Exists(_world.There.Overlay)) AssertShows(await RecoveryWorld.GuestBytesAsync(_world.There.Disk), i == 0 ? [0, 10] : [i + 9, i + 10]);
            RecoveryOutcome outcome = await snapshots.TakeAsync(_world.Disk, Token);
            Assert.True(outcome.IsSuccess, outcome.Error?.ToString());
            AssertShows(await RecoveryWorld.GuestBytesAsync(_world.There.Disk), [i + 10]);
        }
    }

    [Fact]
    public async Task Disk_of_the_replica_that_fills_meanwhile_keeps_the_last_snapshot_and_gives_the_room_back()
    {
        using SmallDisk small = SmallDisk.Mount(_world.Options.StoreDirectory, "size=20m");
        _world.Options = _world.Options with { ReplicaReserve = 0 };
        await _world.TakeAsync();
        byte[] kept = await RecoveryWorld.GuestBytesAsync(_world.There.Disk);
        _world.Write(_world.Disk, "write -P 7 0 7M");
        string other = Path.Combine(_world.Options.StoreDirectory, "other");
        _world.Guests.OnFrozen = _ => File.WriteAllBytesAsync(other, new byte[16 << 20], Token);
        RecoveryOutcome outcome = await _world.Snapshots.TakeAsync(_world.Disk, Token);
        Assert.Equal(StorageErrorCodes.ReplicaFull, Assert.IsType<StorageException>(outcome.Error).Code);
        Assert.False(_world.Guests.IsFrozen(_world.Disk));
        Assert.False(Directory.Exists(_world.There.Incoming) || Directory.Exists(_world.There.Partial));
        RecoverySelection selection = await _world.Store.FindAsync(7, 0, null, Token);
        Assert.Equal(kept, await RecoveryWorld.GuestBytesAsync(selection.Chain.Files.Disk));
    }

    [Fact]
    public async Task Replica_without_room_is_found_before_the_guest_is_touched()
    {
        using SmallDisk small = SmallDisk.Mount(_world.Options.StoreDirectory, "size=6m");
        _world.Options = _world.Options with { ReplicaReserve = 1 << 20 };
        await _world.TakeAsync();
        _world.Write(_world.Disk, "write -P 7 0 7M");
        await AssertNoRoomAsync(_world.Disk, "replica 'replica'");
        Assert.Equal(1, (await _world.Store.FindAsync(7, 0, null, Token)).Chain.Generation);
        _world.Options = _world.Options with { ReplicaReserve = 6 << 20 };
        await AssertNoRoomAsync(_world.MakeDisk(8, 0), "replica 'replica'");
    }

    [Fact]
    public async Task Hypervisor_without_room_is_found_before_the_guest_is_touched()
    {
        string directory = Path.Combine(Path.GetDirectoryName(_world.Disk.VmDirectory)!, "8");
        using SmallDisk small = SmallDisk.Mount(directory, "size=10m");
        // Twice 8 MiB at most, whatever is asked for.
        await AssertNoRoomAsync(_world.MakeDisk(8, 0), "the hypervisor");
        _world.Options = _world.Options with { HypervisorReserve = 4 << 20 };
        Assert.True((await _world.Snapshots.TakeAsync(_world.Disk with { VmId = 8, VmDirectory = directory }, Token)).IsSuccess);
    }

    [Fact]
    public async Task Interrupted_copy_is_taken_up_where_it_broke()
    {
        await _world.TakeAsync();
        _world.Write(_world.Disk, "write -P 7 0 7M");
        // The connection breaks in the middle of the overlay.
        RecoveryOptions whole = _world.Options;
        _world.Options = whole with { TransferAttempts = 1, Ssh = whole.Ssh with { Program = Script("broken-ssh", BrokenSsh) } };
        Assert.False((await _world.Snapshots.TakeAsync(_world.Disk, Token)).IsSuccess);
        var clock = Stopwatch.StartNew();
        // The receiver notices a moment later.
        while (!File.Exists($"{_world.There.Partial}/base.1"))
        {
            HangLimit.AssertNotReached(clock);
            await Task.Delay(20, Token);
        }

        Assert.False(File.Exists(_world.There.Generation(2).Overlay));
        string log = Path.Combine(_world.Directory, "stats");
        _world.Options = whole with { Rsync = Script("rsync2", $"exec rsync --stats \"$@\" > '{log}'") };
        await _world.TakeAsync();
        string matched = File.ReadLines(log).First(line => line.StartsWith("Matched data:", StringComparison.Ordinal));
        long bytes = long.Parse(string.Concat(matched.Where(char.IsAsciiDigit)), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(bytes > 1 << 20, matched);
    }

    public void Dispose() => _world.Dispose();

    private async Task AssertNoRoomAsync(RecoveryDisk disk, string where)
    {
        bool isTouched = false;
        _world.Guests.OnFrozen = _ => Task.FromResult(isTouched = true);
        RecoveryOutcome outcome = await _world.Snapshots.TakeAsync(disk, Token);
        StorageException error = Assert.IsType<StorageException>(outcome.Error);
        Assert.Equal(StorageErrorCodes.RecoveryNoRoom, error.Code);
        Assert.Contains(where, error.Message, StringComparison.Ordinal);
        Assert.Equal((false, 1, false), (isTouched, outcome.State.Failures, outcome.State.PendingCommit));
    }

    private static void AssertShows(byte[] guest, int[] patterns)
    {
        Assert.Contains(guest[2 << 20], patterns.Select(pattern => (byte)pattern));
        Assert.Equal(-1, guest.AsSpan(2 << 20, 4 << 20).IndexOfAnyExcept(guest[2 << 20]));
        Assert.Equal(1, guest[0]);
    }

    private string Script(string name, string text)
    {
        string path = Path.Combine(_world.Directory, name);
        File.WriteAllText(path, "#!/bin/bash\n" + text + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static void WriteDeployment(string location)
    {
        File.WriteAllText($"{location}/100/.monitor", "ssh");
        File.WriteAllText($"{location}/100/7/vm.xml",
            "<VM><ID>7</ID><TEMPLATE><DISK><DISK_ID>0</DISK_ID><RECOVERY_SNAPSHOT_FREQ>1</RECOVERY_SNAPSHOT_FREQ></DISK></TEMPLATE></VM>");
        File.WriteAllText($"{location}/100/7/ds.xml", $"<DATASTORE><TEMPLATE><REPLICA_HOST>{RecoveryWorld.Replica}</REPLICA_HOST></TEMPLATE></DATASTORE>");
    }
}
