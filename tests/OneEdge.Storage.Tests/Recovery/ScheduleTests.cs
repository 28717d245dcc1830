using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

public sealed class ScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Disk_without_a_snapshot_is_due() => Assert.Equal(Now, Next(RecoveryState.None));

    [Fact]
    public void Next_snapshot_is_a_period_after_the_last() => Assert.Equal(Now.AddSeconds(590), Next(Good(Now.AddSeconds(-10))));

    [Fact]
    public void Failure_is_retried_long_before_a_period()
    {
        RecoveryState state = Good(Now.AddSeconds(-700)) with { LastAttempt = Now, Failures = 1 };
        Assert.Equal(Now.AddSeconds(15), Next(state));
    }

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 30)]
    [InlineData(3, 60)]
    [InlineData(4, 120)]
    [InlineData(6, 480)]
    [InlineData(7, 600)]
    [InlineData(1_000_000, 600)]
    public void Retries_back_off_up_to_a_period(int failures, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), Next(new RecoveryState { LastAttempt = Now, Failures = failures }));

    [Fact]
    public void Retry_of_a_long_period_comes_within_ten_minutes() =>
        Assert.Equal(Now.AddMinutes(10), Next(new RecoveryState { LastAttempt = Now, Failures = 50 }, frequency: 86_400));

    [Fact]
    public void Retry_of_a_short_period_is_no_later_than_the_period() =>
        Assert.Equal(Now.AddSeconds(5), Next(new RecoveryState { LastAttempt = Now, Failures = 3 }, frequency: 5));

    [Fact]
    public void Frequency_zero_is_due_every_cycle()
    {
        Assert.Equal(Now.AddSeconds(50), Next(Good(Now.AddSeconds(-10)), frequency: 0));
        Assert.Equal(Now.AddSeconds(-10), Next(Good(Now.AddSeconds(-10)), frequency: 0, RecoveryScheduleOptions.Default with { Cycle = TimeSpan.Zero }));
    }

    [Fact]
    public void Commit_that_was_left_is_due_at_once() => Assert.Equal(Now, Next(Good(Now.AddSeconds(-1)) with { PendingCommit = true }));

    [Fact]
    public void Commit_behind_a_good_snapshot_is_finished_without_another_snapshot()
    {
        RecoveryState state = Good(Now.AddSeconds(-20)) with { LastAttempt = Now.AddSeconds(-30), PendingCommit = true, Failures = 1 };
        RecoveryWork work = Assert.Single(RecoverySchedule.Due([(Disk(1), state)], Now).Due);
        Assert.False(work.IsSnapshotDue);
    }

    [Fact]
    public void Attempt_that_died_is_made_again_with_a_snapshot()
    {
        RecoveryState state = Good(Now.AddSeconds(-700)) with { LastAttempt = Now.AddSeconds(-30), PendingCommit = true, Failures = 1 };
        Assert.True(Assert.Single(RecoverySchedule.Due([(Disk(1), state)], Now).Due).IsSnapshotDue);
    }

    [Theory]
    [InlineData(30, 630)]
    [InlineData(61, 0)]
    [InlineData(86_400, 0)]
    public void Clock_set_back_delays_by_its_tolerance_at_most(int secondsInFuture, int expected) =>
        Assert.Equal(Now.AddSeconds(expected), Next(Good(Now.AddSeconds(secondsInFuture))));

    [Fact]
    public void Clock_set_far_forward_makes_one_snapshot_due_and_no_more()
    {
        Assert.Equal(Now.AddYears(-10).AddSeconds(600), Next(Good(Now.AddYears(-10))));
        Assert.Equal(Now.AddSeconds(600), Next(Good(Now)));
    }

    [Fact]
    public void Longest_overdue_comes_first_and_the_rest_tells_when_to_wake()
    {
        RecoveryDue due = RecoverySchedule.Due(
            [(Disk(1), Good(Now.AddSeconds(-601))), (Disk(2), Good(Now)), (Disk(3), Good(Now.AddSeconds(-900))), (Disk(4), Good(Now.AddSeconds(-100)))], Now);
        Assert.Equal([3, 1], due.Due.Select(work => work.Disk.VmId));
        Assert.Equal(Now.AddSeconds(500), due.NextWake);
    }

    [Fact]
    public void Times_at_the_ends_of_the_calendar_do_not_break_it()
    {
        Next(Good(DateTimeOffset.MinValue));
        Next(Good(DateTimeOffset.MaxValue));
        RecoverySchedule.NextAt(Disk(1, int.MaxValue), Good(DateTimeOffset.MaxValue), DateTimeOffset.MaxValue);
    }

    internal static RecoveryDisk Disk(int vm, int frequency = 600) =>
        new() { VmId = vm, DiskId = 0, Frequency = TimeSpan.FromSeconds(frequency), ReplicaHost = "replica", VmDirectory = $"/nowhere/{vm}" };

    private static RecoveryState Good(DateTimeOffset at) => new() { LastSuccess = at, LastAttempt = at };

    private static DateTimeOffset Next(RecoveryState state, int frequency = 600, RecoveryScheduleOptions? options = null) =>
        RecoverySchedule.NextAt(Disk(1, frequency), state, Now, options);
}
