using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OneEdge.Storage.Replicas;

/// <summary>Carries out plans of transfers. It has no state of its own: what is done stands in the journal, who copies or reads an image on the
/// replica.</summary>
public sealed class TransferExecutor
{
    private const int EventsInAdvance = 256;

    private readonly IRemoteHosts _hosts;
    private readonly TransferSettings _settings;
    private readonly ITransferJournal _journal;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Creates an executor; it may be shared.</summary>
    /// <param name="hosts">The hosts.</param>
    /// <param name="settings">The place.</param>
    /// <param name="journal">Remembers finished steps.</param>
    /// <param name="time">The clock; <see langword="null"/> means the system's.</param>
    /// <param name="logger">Hears of steps and notes.</param>
    public TransferExecutor(
        IRemoteHosts hosts, TransferSettings settings, ITransferJournal journal, TimeProvider? time = null, ILogger<TransferExecutor>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(journal);
        (_hosts, _settings, _journal, _time, _logger) = (
            hosts, settings, journal, time ?? TimeProvider.System, logger ?? NullLogger<TransferExecutor>.Instance);
    }

    /// <summary>Carries out a plan. When it is interrupted and run again, only what is missing is done; nothing unfinished ever has a final name.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Stops the plan.</param>
    /// <returns>What happens, as it happens; the last one is <see cref="TransferFinished"/>.</returns>
    /// <exception cref="StorageException">A step failed.</exception>
    public IAsyncEnumerable<TransferEvent> RunAsync(TransferPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return ListenAsync(plan, cancellationToken);
    }

    private async IAsyncEnumerable<TransferEvent> ListenAsync(TransferPlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = Channel.CreateBounded<TransferEvent>(EventsInAdvance);
        Task run = RunAndCompleteAsync(plan, events.Writer, abandoned.Token);
        try
        {
            await foreach (TransferEvent item in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false)) yield return item;
            try
            {
                await run.ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }
        finally
        {
            // Without effect when the plan has ended; otherwise the caller left the loop.
            await abandoned.CancelAsync().ConfigureAwait(false);
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunAndCompleteAsync(TransferPlan plan, ChannelWriter<TransferEvent> events, CancellationToken cancellationToken)
    {
        using StorageWatch watch = StorageWatch.Start(
            "storage.transfer", _time, StorageTelemetry.TransferDuration, new KeyValuePair<string, object?>(StorageTelemetry.Action, plan.Action.ToString()));
        watch.Tag(StorageTelemetry.Vm, plan.VmId).Tag(StorageTelemetry.Replica, plan.ReplicaHost);
        try
        {
            await RunCoreAsync(plan, events, cancellationToken).ConfigureAwait(false);
            watch.Done();
            ReplicaLog.TransferFinished(_logger, plan.Action, plan.VmId, watch.Milliseconds);
        }
        catch (OperationCanceledException)
        {
            ReplicaLog.TransferStopped(_logger, plan.Action, plan.VmId, watch.Milliseconds);
            throw;
        }
        catch (Exception e)
        {
            watch.Failed(e);
            ReplicaLog.TransferFailed(_logger, plan.Action, plan.VmId, StorageWatch.CodeOf(e), watch.Milliseconds, LogText.Of(e));
            throw;
        }
        finally
        {
            events.Complete();
        }
    }

    private async Task RunCoreAsync(TransferPlan plan, ChannelWriter<TransferEvent> events, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        string fingerprint = plan.Fingerprint();
        var runner = new StepRunner(_hosts, new ReplicaCache(_hosts, _settings.Replica, _settings.CacheLockLifetime, _time, _logger));
        await using (runner.ConfigureAwait(false))
        {
            await events.WriteAsync(new TransferStarted(plan), cancellationToken).ConfigureAwait(false);
            foreach (string note in plan.Notes) await NoteAsync(plan, note, events, cancellationToken).ConfigureAwait(false);
            int done = await FinishedAsync(plan, fingerprint, runner, cancellationToken).ConfigureAwait(false);
            ReplicaLog.TransferStarted(_logger, plan.Action, plan.VmId, plan.Steps.Count, done);
            try
            {
                for (int i = 0; i < plan.Steps.Count; i++)
                {
                    if (i < done) await events.WriteAsync(new StepSkipped(i, plan.Steps[i]), cancellationToken).ConfigureAwait(false);
                    else await RunStepAsync(plan, fingerprint, i, runner, events, cancellationToken).ConfigureAwait(false);
                }
            }
            catch
            {
                foreach (TransferStep step in plan.CleanUp) await TryRunAsync(plan, step, runner).ConfigureAwait(false);
                throw;
            }
        }

        await _journal.ForgetAsync(fingerprint, cancellationToken).ConfigureAwait(false);
        await events.WriteAsync(new TransferFinished(plan, _time.GetElapsedTime(start)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many steps a former run has done, if the subject still is as that run left it.</summary>
    private async Task<int> FinishedAsync(TransferPlan plan, string fingerprint, StepRunner runner, CancellationToken cancellationToken)
    {
        IReadOnlyList<TransferJournalEntry> entries = await _journal.ReadAsync(fingerprint, cancellationToken).ConfigureAwait(false);
        if (entries.Count == 0) return 0;
        if (entries.Count <= plan.Steps.Count
            && await runner.IsAsLeftAsync(plan.Subject, entries[^1].Subject, cancellationToken).ConfigureAwait(false)) return entries.Count;
        await _journal.ForgetAsync(fingerprint, cancellationToken).ConfigureAwait(false);
        return 0;
    }

    private async Task RunStepAsync(
        TransferPlan plan, string fingerprint, int index, StepRunner runner, ChannelWriter<TransferEvent> events, CancellationToken cancellationToken)
    {
        TransferStep step = plan.Steps[index];
        await events.WriteAsync(new StepStarted(index, step), cancellationToken).ConfigureAwait(false);
        ReplicaLog.StepStarted(_logger, plan.VmId, step);
        long start = _time.GetTimestamp();
        try
        {
            await runner.RunAsync(step, Progress, cancellationToken).ConfigureAwait(false);
        }
        catch (HostException e) when (step.IsOptional && e.Code == StorageErrorCodes.HostUnreachable)
        {
            await NoteAsync(plan, $"host {e.Host} cannot be reached, so this is left out: {step}", events, cancellationToken).ConfigureAwait(false);
        }

        string state = await runner.StateAfterAsync(step, plan.Subject, cancellationToken).ConfigureAwait(false);
        await _journal.AppendAsync(fingerprint, new TransferJournalEntry(index, state), cancellationToken).ConfigureAwait(false);
        await events.WriteAsync(new StepFinished(index, step, _time.GetElapsedTime(start)), cancellationToken).ConfigureAwait(false);

        // Progress that nobody reads fast enough may be lost.
        void Progress(long bytes, long? total)
        {
            double seconds = _time.GetElapsedTime(start).TotalSeconds;
            events.TryWrite(new TransferProgress(index, bytes, total, seconds > 0 ? bytes / seconds : 0));
        }
    }

    private async Task NoteAsync(TransferPlan plan, string text, ChannelWriter<TransferEvent> events, CancellationToken cancellationToken)
    {
        ReplicaLog.Note(_logger, plan.VmId, new LogText(text));
        await events.WriteAsync(new TransferNote(text), cancellationToken).ConfigureAwait(false);
    }

    private async Task TryRunAsync(TransferPlan plan, TransferStep step, StepRunner runner)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), _time);
        try
        {
            await runner.RunAsync(step, (_, _) => { }, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is StorageException or OperationCanceledException)
        {
            ReplicaLog.Note(_logger, plan.VmId, new LogText($"could not clean up: {step}"));
        }
    }
}
