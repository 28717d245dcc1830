using OneEdge.Storage.Recovery;

namespace OneEdge.Host.Recovery;

/// <summary>The agent at work, and what is told of it.</summary>
/// <param name="io">The outside.</param>
/// <param name="isJson">Whether each line is a JSON object.</param>
/// <param name="probe">Finds the disks.</param>
/// <param name="guests">The disks of the machines.</param>
/// <param name="snapshots">Takes the snapshots.</param>
/// <param name="options">The options.</param>
internal sealed class RecoveryRun(
    HostIo io, bool isJson, RecoveryProbe probe, IGuestDisks guests, RecoverySnapshots snapshots, RecoveryOptions options)
{
    private readonly RecoveryEvents _events = new(io, isJson);
    private readonly Dictionary<int, string> _problems = [];

    /// <summary>What is due now.</summary>
    public async Task<int> OnceAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset start = options.TimeProvider.GetUtcNow();
        IReadOnlyList<RecoveryOutcome> outcomes;
        try
        {
            outcomes = await Agent().RunOnceAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await LookAsync();
            throw;
        }

        // Those that were not due have the state of an earlier attempt.
        RecoveryOutcome[] due = [.. outcomes.Where(outcome => outcome.Error is not null || outcome.State.LastAttempt >= start)];
        foreach (RecoveryOutcome outcome in due) _events.Outcome(outcome);
        int failed = due.Count(outcome => !outcome.IsSuccess);
        if (failed == 0) return _problems.Count > 0 ? ExitCode.Partly : ExitCode.Done;
        return failed == due.Length ? ExitCode.Failed : ExitCode.Partly;
    }

    /// <summary>What becomes due, until it is cancelled.</summary>
    public async Task<int> ForeverAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (RecoveryOutcome outcome in Agent().RunAsync(cancellationToken)) _events.Outcome(outcome);
        }
        catch (OperationCanceledException)
        {
            await LookAsync();
            throw;
        }

        return ExitCode.Done;
    }

    private RecoveryAgent Agent() => new(FindAsync, snapshots, options);

    private async Task<IReadOnlyList<RecoveryDisk>> FindAsync(CancellationToken cancellationToken)
    {
        RecoveryProbeResult found = await probe.FindAsync(cancellationToken);
        foreach (RecoveryProblem problem in found.Problems)
        {
            // The agent asks every cycle; what is wrong is told once.
            if (_problems.GetValueOrDefault(problem.VmId) == problem.Message) continue;
            _problems[problem.VmId] = problem.Message;
            _events.Problem(problem);
        }

        return found.Disks;
    }

    /// <summary>Tells where each guest writes, when the agent has stopped.</summary>
    private async Task LookAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), options.TimeProvider);
        foreach (RecoveryDisk disk in (await probe.FindAsync(limit.Token)).Disks)
        {
            RecoveryState state = await RecoverySnapshots.ReadStateAsync(disk, limit.Token);
            if (!state.PendingCommit) continue;
            _events.Left(disk, await DetailAsync(disk, limit.Token));
        }

        _events.Stopped();
    }

    private async Task<string> DetailAsync(RecoveryDisk disk, CancellationToken cancellationToken)
    {
        try
        {
            return (await guests.GetStatusAsync(disk, cancellationToken)).Detail;
        }
        catch (Exception e) when (e is OneEdgeException or OperationCanceledException)
        {
            return e.Message;
        }
    }
}
