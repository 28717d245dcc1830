using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OneEdge.Storage.Recovery;
using OneEdge.Storage.Replicas;
using OneEdge.Storage.Tests.Recovery;

namespace OneEdge.Storage.Tests.Hosting;

[SupportedOSPlatform("linux")]
public sealed class RecoveryTelemetryTests : IDisposable
{
    private readonly RecoveryWorld _world = new();
    private readonly Telemetry _seen = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RecoverySnapshots Snapshots => new(_world.Guests, new LocalHost("here"), null, _world.Options, new Logger<RecoverySnapshots>(_seen));

    [Fact]
    public async Task Snapshots_and_what_they_replace_are_told_of()
    {
        Assert.True((await Snapshots.TakeAsync(_world.Disk, Token)).IsSuccess);
        Assert.True((await Snapshots.TakeAsync(_world.Disk, Token)).IsSuccess);
        Assert.Equal(2, _seen.Named("SnapshotTaken").Length);
        Assert.StartsWith("Disk 0 of virtual machine 7: recovery snapshot 2 is on replica replica", _seen.Named("SnapshotTaken")[1], StringComparison.Ordinal);
        Assert.Equal(["Disk 0 of virtual machine 7: recovery snapshot 1 was removed from replica replica"], _seen.Named("GenerationRemoved"));
        Assert.Equal(2, _seen.Measurements.Count(text => text == "oneedge.storage.recovery.duration work=snapshot outcome=ok"));
        Assert.Equal(3, _seen.Measurements.Count(text => text.StartsWith("oneedge.storage.copied ", StringComparison.Ordinal)));
        Activity span = _seen.Spans.Last(item => item.DisplayName == "storage.recovery");
        Assert.Equal(
            (7, 0, "replica", 2L),
            (span.GetTagItem("oneedge.storage.vm"), span.GetTagItem("oneedge.storage.disk"), span.GetTagItem("oneedge.storage.replica"),
                span.GetTagItem("oneedge.storage.generation")));
        // Before it replaces anything the chain is checked, as part of the snapshot.
        Assert.Contains(_seen.Spans, item => item.DisplayName == "storage.check" && item.ParentId == span.Id);
    }

    [Fact]
    public async Task Failure_says_when_the_next_attempt_is()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero));
        _world.Options = _world.Options with { TimeProvider = clock };
        _world.Guests.FailStatus = _ => new StorageException(StorageErrorCodes.GuestDisk, "the monitor says:\n\u001b[31mno");
        await Snapshots.TakeAsync(_world.Disk, Token);
        Assert.Equal(
            "Disk 0 of virtual machine 7: recovery snapshot failed with OES0601, 1 times now, next try at 2026-05-06 07:08:24Z: "
                + "the monitor says: \\u001b[31mno",
            Assert.Single(_seen.Named("SnapshotFailed")));
        Assert.Equal(["oneedge.storage.recovery.duration work=snapshot outcome=OES0601"], _seen.Measurements);
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(_seen.Spans).Status);
    }

    [Fact]
    public async Task Stopped_snapshot_is_no_failure()
    {
        using var stop = new CancellationTokenSource();
        _world.Guests.OnFrozen = _ => stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Snapshots.TakeAsync(_world.Disk, stop.Token));
        Assert.Single(_seen.Named("SnapshotStopped"));
        Assert.Contains("oneedge.storage.recovery.duration work=snapshot outcome=cancelled", _seen.Measurements);
    }

    [Fact]
    public async Task Restore_tells_what_was_chosen_passed_over_and_done()
    {
        _world.Options = _world.Options with { KeepGenerations = 2 };
        await Snapshots.TakeAsync(_world.Disk, Token);
        await Snapshots.TakeAsync(_world.Disk, Token);
        await File.WriteAllTextAsync(_world.There.Generation(2).Overlay, "no image", Token);
        var store = new RecoveryStore(_world.Options.StoreDirectory, new Logger<RecoveryStore>(_seen));
        RecoverySelection selection = await store.FindAsync(7, 0, cancellationToken: Token);
        Assert.Contains("generation 2", Assert.Single(_seen.Named("ChainPassedOver")), StringComparison.Ordinal);
        string chosen = Assert.Single(_seen.Named("RestoreChosen"));
        Assert.Contains("generation 1", chosen, StringComparison.Ordinal);
        Assert.EndsWith("1 newer ones are not", chosen, StringComparison.Ordinal);

        string directory = Path.Combine(_world.Directory, "restored\nwarn: forged");
        RestorePlan plan = RecoveryRestore.Plan(selection.Chain, "here", new RestoreTarget("here", directory));
        var hosts = new SshHosts(new LocalHost("here"));
        await foreach (RestoreStep _ in RecoveryRestore.RunAsync(plan, hosts, _seen, Token))
        {
        }

        Assert.True(File.Exists(Path.Combine(directory, "disk.0")));
        Assert.Contains("restored\\u000awarn: forged on here from", Assert.Single(_seen.Named("RestoreStarted")), StringComparison.Ordinal);
        Assert.Single(_seen.Named("RestoreFinished"));
        Activity span = Assert.Single(_seen.Spans, item => item.DisplayName == "storage.restore");
        Assert.Equal((7, 1L), (span.GetTagItem("oneedge.storage.vm"), span.GetTagItem("oneedge.storage.generation")));

        await Assert.ThrowsAsync<StorageException>(async () =>
        {
            await foreach (RestoreStep _ in RecoveryRestore.RunAsync(plan, hosts, _seen, Token)) { }
        });
        Assert.Contains(StorageErrorCodes.RecoveryLayout, Assert.Single(_seen.Named("RestoreFailed")), StringComparison.Ordinal);
        Assert.All(_seen.Messages, message => Assert.DoesNotContain(message.Text, char.IsControl));
    }

    [Fact]
    public async Task Agent_measures_how_old_snapshots_are_and_tells_of_unusable_files_once()
    {
        string datastore = Path.GetDirectoryName(_world.Disk.VmDirectory)!;
        await File.WriteAllTextAsync(datastore + "/.monitor", "ssh\n", Token);
        await File.WriteAllTextAsync(_world.Disk.VmDirectory + "/vm.xml", "<VM><ID>8</ID></VM>", Token);
        await File.WriteAllTextAsync(
            _world.Disk.VmDirectory + "/ds.xml", "<DATASTORE><TEMPLATE><REPLICA_HOST>replica</REPLICA_HOST></TEMPLATE></DATASTORE>", Token);
        var agent = new RecoveryAgent(new RecoveryProbe(Path.GetDirectoryName(datastore)!), Snapshots, _world.Options, new Logger<RecoveryAgent>(_seen));
        Assert.Empty(await agent.RunOnceAsync(Token));
        await agent.RunOnceAsync(Token);
        Assert.StartsWith("No recovery snapshots are taken of virtual machine 7: ", Assert.Single(_seen.Named("DeploymentUnusable")), StringComparison.Ordinal);
        Assert.Equal(2, _seen.Measurements.Count(text => text == "oneedge.storage.recovery.missing 0"));
    }

    [Fact]
    public void Age_is_that_of_the_disk_which_waits_longest_and_disks_without_a_snapshot_count_apart()
    {
        DateTimeOffset now = DateTimeOffset.UnixEpoch.AddDays(1);
        RecoveryState[] states =
        [
            new() { LastSuccess = now.AddSeconds(-5) }, new() { LastSuccess = now.AddSeconds(-50), Failures = 1 }, new(),
            new() { LastSuccess = now.AddHours(1) },
        ];
        Assert.Equal((TimeSpan.FromSeconds(50), 1), RecoveryAge.Of(states, now));
        Assert.Equal((TimeSpan.Zero, 0), RecoveryAge.Of([], now));
    }

    public void Dispose()
    {
        _seen.Dispose();
        _world.Dispose();
    }
}
