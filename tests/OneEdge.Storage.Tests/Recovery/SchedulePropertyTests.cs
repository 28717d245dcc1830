using CsCheck;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

/// <summary>A schedule that is followed for a while, on a clock that jumps and with attempts that fail.</summary>
public sealed class SchedulePropertyTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(int Frequency, (int Jump, bool Fails)[] Steps)> Runs =
        Gen.Select(Gen.Int[0, 2_000], Gen.Select(Gen.Frequency((8, Gen.Const(0)), (1, Gen.Int[-100_000, 100_000]), (1, Gen.Int[-90, 90])), Gen.Frequency((3,
            Gen.Const(false)), (1, Gen.Const(true)))).Array[1, 60]);

    [Fact]
    public void Clock_jumps_and_failures_neither_lose_nor_storm_snapshots() => Runs.Sample(run =>
    {
        RecoveryDisk disk = ScheduleTests.Disk(1, run.Frequency);
        TimeSpan period = run.Frequency > 0 ? disk.Frequency : RecoveryScheduleOptions.Default.Cycle;
        TimeSpan slack = TimeSpan.FromSeconds(60);
        RecoveryState state = RecoveryState.None;
        DateTimeOffset clock = Start, real = Start, last = Start;
        int jumps = 0;
        foreach ((int jump, bool fails) in run.Steps)
        {
            // Real time goes on to the next thing that is due.
            RecoveryDue due = RecoverySchedule.Due([(disk, state)], clock);
            if (due.Due.Count == 0)
            {
                TimeSpan wait = due.NextWake!.Value - clock;
                Assert.True(wait > TimeSpan.Zero && wait <= period + slack, $"waits {wait} for a period of {period}");
                (clock, real) = (clock + wait, real + wait);
                due = RecoverySchedule.Due([(disk, state)], clock);
            }

            Assert.Single(due.Due);
            // No storm: an attempt is a retry or a period after the last, or the clock jumped in between.
            if (jumps == 0 && state.LastAttempt is not null)
                Assert.True(real - last >= (state.Failures > 0 ? Min(TimeSpan.FromSeconds(15), period) : period), $"{real - last} after {state}");
            last = real;
            jumps = 0;
            state = fails ? state.Begin(clock).Fail("no") : state.Begin(clock).Succeed(clock, 1);
            clock = clock.AddSeconds(jump);
            if (jump != 0) jumps++;
        }
    });

    [Fact]
    public void Failure_of_one_machine_changes_nothing_for_another() =>
        Gen.Select(Gen.Int[0, 2_000], Gen.Int[0, 3_000], Gen.Int[0, 40], Gen.Int[0, 3_000]).Sample((frequency, age, failures, failedAge) =>
    {
        RecoveryState good = new() { LastSuccess = Start.AddSeconds(-age), LastAttempt = Start.AddSeconds(-age) };
        RecoveryState bad = new() { LastAttempt = Start.AddSeconds(-failedAge), Failures = failures };
        RecoveryDisk disk = ScheduleTests.Disk(1, frequency);
        RecoveryDue alone = RecoverySchedule.Due([(disk, good)], Start), both = RecoverySchedule.Due([(ScheduleTests.Disk(2, frequency), bad), (disk, good)],
            Start);
        Assert.Equal(alone.Due, both.Due.Where(work => work.Disk.VmId == 1));
        if (alone.NextWake is { } wake) Assert.True(both.NextWake <= wake);
    });

    [Fact]
    public void Whatever_the_state_the_answer_is_within_a_period() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int, Gen.Int, Gen.Int[0, int.MaxValue], Gen.Bool).Sample((frequency, success, attempt, failures, pending) =>
    {
        RecoveryDisk disk = ScheduleTests.Disk(1, frequency);
        RecoveryState state = new()
        {
            LastSuccess = Start.AddSeconds(success),
            LastAttempt = Start.AddSeconds(attempt),
            Failures = failures,
            PendingCommit = pending
        };
        TimeSpan period = frequency > 0 ? disk.Frequency : RecoveryScheduleOptions.Default.Cycle;
        Assert.True(RecoverySchedule.NextAt(disk, state, Start) <= Start + period + RecoveryScheduleOptions.Default.ClockTolerance);
    });

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
