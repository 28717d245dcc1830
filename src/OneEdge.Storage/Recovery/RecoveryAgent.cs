using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace OneEdge.Storage.Recovery;

/// <summary>
/// Takes the snapshots of a hypervisor as they become due. Virtual machines are independent of each other: one that hangs or fails has no say in when the
/// others have their turn.
/// The disks of one machine take turns.
/// </summary>
public sealed class RecoveryAgent
{
    private readonly Func<CancellationToken, Task<IReadOnlyList<RecoveryDisk>>> _disks;
    private readonly RecoverySnapshots _snapshots;
    private readonly RecoveryOptions _options;

    /// <summary>Says what to look after.</summary>
    /// <param name="disks">The disks there are now, for example of <see cref="RecoveryProbe.FindAsync"/>; asked every cycle.</param>
    /// <param name="snapshots">Takes the snapshots.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    public RecoveryAgent(Func<CancellationToken, Task<IReadOnlyList<RecoveryDisk>>> disks, RecoverySnapshots snapshots, RecoveryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(disks);
        ArgumentNullException.ThrowIfNull(snapshots);
        (_disks, _snapshots, _options) = (disks, snapshots, options ?? RecoveryOptions.Default);
    }

    /// <summary>Says what to look after: the disks that a probe finds.</summary>
    /// <param name="probe">The probe; asked every cycle.</param>
    /// <param name="snapshots">Takes the snapshots.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="logger">Hears of virtual machines whose files cannot be used, each time that they change.</param>
    public RecoveryAgent(RecoveryProbe probe, RecoverySnapshots snapshots, RecoveryOptions? options = null, ILogger<RecoveryAgent>? logger = null)
        : this(new ToldProbe(probe, logger).FindAsync, snapshots, options)
    {
    }

    /// <summary>Does what is due now, to its end: a probe that is called every cycle. Set <see cref="RecoveryScheduleOptions.Cycle"/> to zero then.</summary>
    /// <param name="cancellationToken">Stops the copies; guests are brought back to their images first.</param>
    /// <returns>What came of each disk that was due, and the state of the others.</returns>
    public async Task<IReadOnlyList<RecoveryOutcome>> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        List<(RecoveryDisk Disk, RecoveryState State)> states = await ReadAsync(cancellationToken).ConfigureAwait(false);
        RecoveryDue due = RecoverySchedule.Due(states, _options.TimeProvider.GetUtcNow(), _options.Schedule);
        var outcomes = Channel.CreateUnbounded<RecoveryOutcome>();
        using var slots = new RecoverySlots(_options.MaxParallel);
        await Task.WhenAll(due.Due.GroupBy(work => work.Disk.VmId).Select(vm => RunVmAsync([.. vm], slots, outcomes.Writer,
            cancellationToken))).ConfigureAwait(false);
        outcomes.Writer.Complete();
        List<RecoveryOutcome> done = await outcomes.Reader.ReadAllAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        IEnumerable<RecoveryOutcome> idle = states.Where(item => done.TrueForAll(outcome => outcome.Disk != item.Disk))
            .Select(item => new RecoveryOutcome(item.Disk, item.State, null));
        return [.. done.Concat(idle).OrderBy(outcome => outcome.Disk.VmId).ThenBy(outcome => outcome.Disk.DiskId)];
    }

    /// <summary>Goes on until it is cancelled.</summary>
    /// <param name="cancellationToken">Stops the copies; guests are brought back to their images first.</param>
    /// <returns>What came of each disk, as it comes.</returns>
    public async IAsyncEnumerable<RecoveryOutcome> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var outcomes = Channel.CreateUnbounded<RecoveryOutcome>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task loop = LoopAsync(outcomes.Writer, stop.Token);
        try
        {
            await foreach (RecoveryOutcome outcome in outcomes.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false)) yield return outcome;
            await loop.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LoopAsync(ChannelWriter<RecoveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        Dictionary<int, Task> running = [];
        using var slots = new RecoverySlots(_options.MaxParallel);
        try
        {
            while (true)
            {
                foreach (int vm in running.Where(item => item.Value.IsCompleted).Select(item => item.Key).ToArray()) running.Remove(vm);
                List<(RecoveryDisk Disk, RecoveryState State)> states = await ReadAsync(cancellationToken).ConfigureAwait(false);
                DateTimeOffset now = _options.TimeProvider.GetUtcNow();
                RecoveryDue due = RecoverySchedule.Due(states.Where(item => !running.ContainsKey(item.Disk.VmId)), now, _options.Schedule);
                foreach (IGrouping<int, RecoveryWork> vm in due.Due.GroupBy(work => work.Disk.VmId))
                    running.Add(vm.Key, RunVmAndRestAsync([.. vm], slots, outcomes, cancellationToken));
                await WaitAsync(running.Values, due.NextWake - now, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await Task.WhenAll(running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            outcomes.Complete();
        }
    }

    // Until something is due, a machine is done, or the cycle is over, in which machines come and go.
    private async Task WaitAsync(IEnumerable<Task> running, TimeSpan? untilDue, CancellationToken cancellationToken)
    {
        TimeSpan cycle = _options.Schedule.Cycle > TimeSpan.FromSeconds(1) ? _options.Schedule.Cycle : TimeSpan.FromSeconds(1);
        TimeSpan wait = untilDue < cycle ? untilDue.Value : cycle;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task delay = Task.Delay(wait, _options.TimeProvider, stop.Token);
        await Task.WhenAny([delay, .. running]).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    // A state that could not be written would make the machine due again at once.
    private async Task RunVmAndRestAsync(
        IReadOnlyList<RecoveryWork> work, RecoverySlots slots, ChannelWriter<RecoveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        bool isWell = await RunVmAsync(work, slots, outcomes, cancellationToken).ConfigureAwait(false);
        if (!isWell) await Task.Delay(TimeSpan.FromSeconds(1), _options.TimeProvider, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> RunVmAsync(
        IReadOnlyList<RecoveryWork> work, RecoverySlots slots, ChannelWriter<RecoveryOutcome> outcomes, CancellationToken cancellationToken)
    {
        bool hasFailed = work.Any(item => item.State.Failures > 0), isWell = true;
        using IDisposable slot = await slots.EnterAsync(hasFailed, cancellationToken).ConfigureAwait(false);
        foreach (RecoveryWork item in work)
        {
            RecoveryOutcome outcome = item.IsSnapshotDue ? await _snapshots.TakeAsync(item.Disk, cancellationToken).ConfigureAwait(false)
                : await _snapshots.FinishAsync(item.Disk, cancellationToken).ConfigureAwait(false);
            isWell &= outcome.IsSuccess;
            await outcomes.WriteAsync(outcome, CancellationToken.None).ConfigureAwait(false);
        }

        return isWell;
    }

    private async Task<List<(RecoveryDisk Disk, RecoveryState State)>> ReadAsync(CancellationToken cancellationToken)
    {
        List<(RecoveryDisk Disk, RecoveryState State)> states = [];
        foreach (RecoveryDisk disk in await _disks(cancellationToken).ConfigureAwait(false))
            states.Add((disk, await RecoveryStateFile.ReadAsync(disk, cancellationToken).ConfigureAwait(false)));
        RecoveryAge.Tell(states, _options.TimeProvider.GetUtcNow());
        return states;
    }
}
