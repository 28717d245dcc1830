using System.Runtime.Versioning;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

[SupportedOSPlatform("linux")]
public sealed class AgentTests : IDisposable
{
    private readonly RecoveryWorld _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cycle_takes_what_is_due_and_one_failure_stops_no_other()
    {
        RecoveryDisk[] disks = [_world.Disk, _world.MakeDisk(8, 0), _world.MakeDisk(8, 1), _world.MakeDisk(9, 0)];
        _world.Guests.FailStatus = disk => disk.VmId == 8 && disk.DiskId == 0 ? new StorageException(StorageErrorCodes.GuestUnreachable, "no answer") : null;
        RecoveryAgent agent = Agent(disks);
        IReadOnlyList<RecoveryOutcome> outcomes = await agent.RunOnceAsync(Token);
        Assert.Equal([(7, 0, true), (8, 0, false), (8, 1, true), (9, 0, true)], outcomes.Select(outcome => (outcome.Disk.VmId, outcome.Disk.DiskId,
            outcome.IsSuccess)));
        // Nothing is due yet; what is reported of the failed one is still its failure.
        int commits = _world.Guests.Commits;
        outcomes = await agent.RunOnceAsync(Token);
        Assert.Equal((4, commits), (outcomes.Count, _world.Guests.Commits));
        Assert.Contains("no answer", RecoveryMonitor.FormatDisk(outcomes[1]), StringComparison.Ordinal);
        Assert.Contains("TIMESTAMP", RecoveryMonitor.FormatDisk(outcomes[0]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machine_that_hangs_does_not_delay_the_others()
    {
        RecoveryDisk[] disks = [_world.MakeDisk(1, 0, frequency: 1), _world.MakeDisk(2, 0, frequency: 1), _world.MakeDisk(3, 0, frequency: 1)];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var hang = new TaskCompletionSource();
        _world.Guests.OnFrozen = disk => disk.VmId == 1 ? hang.Task : Task.CompletedTask;
        Dictionary<int, int> taken = [];
        await foreach (RecoveryOutcome outcome in Agent(disks).RunAsync(stop.Token))
        {
            Assert.True(outcome.IsSuccess, outcome.Error?.ToString());
            taken[outcome.Disk.VmId] = taken.GetValueOrDefault(outcome.Disk.VmId) + 1;
            if (taken.GetValueOrDefault(2) >= 2 && taken.GetValueOrDefault(3) >= 2) hang.TrySetResult();
            if (taken.ContainsKey(1)) break;
        }

        Assert.True(hang.Task.IsCompletedSuccessfully);
        Assert.All(disks, disk => Assert.False(_world.Guests.IsFrozen(disk)));
    }

    [Fact]
    public async Task Agent_that_is_stopped_brings_guests_back_first()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        _world.Guests.OnFrozen = _ => stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (RecoveryOutcome outcome in Agent([_world.Disk]).RunAsync(stop.Token)) Assert.Fail($"{outcome}");
        });
        Assert.Equal((false, 1), (_world.Guests.IsFrozen(_world.Disk), _world.Guests.Commits));
    }

    [Fact]
    public async Task Commit_that_was_left_is_finished_without_another_copy()
    {
        _world.Guests.FailCommit = new StorageException(StorageErrorCodes.CommitPending, "no");
        RecoveryAgent agent = Agent([_world.Disk with { Frequency = TimeSpan.FromHours(1) }]);
        Assert.False(Assert.Single(await agent.RunOnceAsync(Token)).IsSuccess);
        _world.Guests.FailCommit = null;
        _world.Options = _world.Options with { Schedule = new RecoveryScheduleOptions { FirstRetry = TimeSpan.Zero } };
        RecoveryOutcome outcome = Assert.Single(await Agent([_world.Disk with { Frequency = TimeSpan.FromHours(1) }]).RunOnceAsync(Token));
        Assert.True(outcome.IsSuccess && outcome.State is { PendingCommit: false, Generation: 1, Failures: 0 });
        Assert.Equal(["1"], StoreNames.Generations(_world.There.Generations).Select(number => $"{number}"));
    }

    public void Dispose() => _world.Dispose();

    private RecoveryAgent Agent(RecoveryDisk[] disks) => new(_ => Task.FromResult<IReadOnlyList<RecoveryDisk>>(disks), _world.Snapshots, _world.Options);
}
