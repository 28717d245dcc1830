using System.Text.Json;
using OneEdge.Flow.Documents;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>
/// The document of the service: one write is under way, and the newest state is next. Whoever asked for something waits until it was written. States that
/// people see are written at once; what else nobody waits for, together with what follows in a moment (<see cref="FlowEngineOptions.WriteInterval"/>).
/// </summary>
internal sealed partial class ServiceHost
{
    private readonly List<(ServiceEvent Request, TaskCompletionSource<Refusal?> Answer, long Generation)> _unsaved = [];
    private readonly List<(ServiceEvent Request, TaskCompletionSource<Refusal?> Answer)> _again = [];
    private DocumentVersion _version;
    private long _generation;
    private long _saved;
    private long _urgent;
    private bool _isWriting;
    private bool _isConflicted;
    private bool _shallDelete;
    private bool _isDeleted;
    private long? _lastWrite;
    private ITimer? _delay;

    /// <summary>Ends when the document is as the service is.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            if (_generation == _saved || _isOver) return Task.CompletedTask;
        }

        // It changes nothing, and whoever waits for it waits for what was changed before.
        return TellAsync(new TimePassed());
    }

    private void Save(bool isChanged, bool isUrgent, ServiceEvent happened, TaskCompletionSource<Refusal?>? answer)
    {
        lock (_gate)
        {
            if (isChanged) _generation++;
            if (isChanged && isUrgent) _urgent = _generation;
            if (answer is not null && _generation > _saved)
            {
                _unsaved.Add((happened, answer, _generation));
                answer = null;
            }
        }

        answer?.TrySetResult(null);
        StartWriting();
    }

    private void OrderDeletion()
    {
        lock (_gate) _shallDelete = true;
        StartWriting();
    }

    private void StartWriting()
    {
        lock (_gate)
        {
            if (_isWriting || !CanWrite() || IsDelayed()) return;
            _isWriting = true;
        }

        _ = Task.Run(WriteAsync, CancellationToken.None);
    }

    /// <summary>The document is another one: what was to be written is void, and requests that were granted and not written are asked again.</summary>
    private void Restart(StoredDocument document)
    {
        lock (_gate)
        {
            _version = document.Version;
            _saved = ++_generation;
            _isConflicted = _shallDelete = false;
            _again.AddRange(_unsaved.Select(u => (u.Request, u.Answer)));
            _unsaved.Clear();
        }
    }

    private void EndSaving(bool isGone)
    {
        TaskCompletionSource<Refusal?>[] waiting;
        lock (_gate)
        {
            waiting = [.. _unsaved.Select(u => u.Answer), .. _again.Select(a => a.Answer)];
            _unsaved.Clear();
            _again.Clear();
        }

        foreach (TaskCompletionSource<Refusal?> answer in waiting)
        {
            // A document that was deleted because the service is over needs no more writing.
            if (isGone) answer.TrySetResult(null);
            else answer.TrySetException(Ending());
        }
    }

    private async Task WriteAsync()
    {
        Backoff backoff = Engine.NewBackoff();
        byte[]? written = null;
        long generation = 0;
        bool deletes = false;
        while (true)
        {
            try
            {
                await _hosts.Writes.WaitAsync(Engine.Stopping).ConfigureAwait(false);
                try
                {
                    // What is written is what the service is when its turn has come.
                    if (!NextWrite(out generation, out deletes)) return;
                    await Engine.Lease.EnsureAsync(Engine.Stopping).ConfigureAwait(false);
                    if (deletes) await DeleteAsync().ConfigureAwait(false);
                    else await UpdateAsync(generation, written = ServiceDocument.Write(_service)).ConfigureAwait(false);
                }
                finally
                {
                    _hosts.Writes.Release();
                }

                backoff.Reset();
            }
            catch (Exception error) when (Engine.Stopping.IsCancellationRequested || error is DocumentLeaseException)
            {
                // The engine stops: somebody else has the document now.
                return;
            }
            catch (Exception error)
            {
                if (await FailedAsync(error, generation, deletes, written, backoff).ConfigureAwait(false)) return;
            }
        }
    }

    private bool NextWrite(out long generation, out bool deletes)
    {
        lock (_gate)
        {
            // Whoever waits is answered first, however long the deletion takes.
            (generation, deletes) = (_generation, _shallDelete && _unsaved.Count == 0);
            if (CanWrite() && !IsDelayed()) return true;
            _isWriting = false;
            return false;
        }
    }

    private bool CanWrite() => !_isOver && !_isConflicted && !_isDeleted && (_saved != _generation || _shallDelete);

    /// <summary>Whether the document was written so recently that what nobody waits for can wait for more; a timer begins the write then.</summary>
    private bool IsDelayed()
    {
        if (_shallDelete || _urgent > _saved || _unsaved.Count > 0 || _lastWrite is not { } last) return false;
        TimeSpan left = Engine.Options.WriteInterval - Engine.Time.GetElapsedTime(last);
        if (left <= TimeSpan.Zero) return false;
        TimeSpan due = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
        _delay ??= Engine.Time.CreateTimer(static host => ((ServiceHost)host!).EndDelay(), this, due, Timeout.InfiniteTimeSpan);
        return true;
    }

    private void EndDelay()
    {
        lock (_gate)
        {
            _delay?.Dispose();
            _delay = null;
        }

        StartWriting();
    }

    private async Task UpdateAsync(long generation, byte[] body)
    {
        DocumentRevision revision = await Engine.Documents.UpdateAsync(
            _service.Id, _version, body, cancellationToken: Engine.Stopping).ConfigureAwait(false);
        FlowTelemetry.Writes.Add(1);
        Written(generation, revision.Version);
    }

    private void Written(long generation, DocumentVersion version)
    {
        TaskCompletionSource<Refusal?>[] answers;
        lock (_gate)
        {
            _version = version;
            _saved = generation;
            _lastWrite = Engine.Time.GetTimestamp();
            answers = [.. _unsaved.Where(u => u.Generation <= generation).Select(u => u.Answer)];
            _unsaved.RemoveAll(u => u.Generation <= generation);
        }

        foreach (TaskCompletionSource<Refusal?> answer in answers) answer.TrySetResult(null);
    }

    private async Task DeleteAsync()
    {
        try
        {
            await Engine.Documents.DeleteAsync(_service.Id, cancellationToken: Engine.Stopping).ConfigureAwait(false);
        }
        catch (DocumentNotFoundException)
        {
            // An answer was lost, or somebody was quicker.
        }

        lock (_gate) _isDeleted = true;
        Post(new DocumentDeleted());
    }

    /// <summary>Finds out what became of a write that failed.</summary>
    /// <returns>Whether writing is over.</returns>
    private async Task<bool> FailedAsync(Exception error, long generation, bool deletes, byte[]? written, Backoff backoff)
    {
        if (error is DocumentNotFoundException)
        {
            FlowLog.DocumentVanished(Engine.Logger, _service.Id);
            End(isGone: false);
            return true;
        }

        try
        {
            if (error is DocumentConflictException) return await ResolveAsync(generation, written!).ConfigureAwait(false);
            FlowLog.WriteFailed(Engine.Logger, _service.Id, error);
            await backoff.WaitAsync(Engine.Stopping).ConfigureAwait(false);
            if (!deletes) return false;
            lock (_gate) _shallDelete = false;
            Post(new DocumentDeletionFailed(error.Message));
            return false;
        }
        catch (OpenNebulaException again) when (!Engine.Stopping.IsCancellationRequested)
        {
            FlowLog.WriteFailed(Engine.Logger, _service.Id, again);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>The document is not the one that was known: it was written all the same, or another program changed it.</summary>
    private async Task<bool> ResolveAsync(long generation, byte[] written)
    {
        StoredDocument document = await Engine.Documents.ReadAsync(_service.Id, Engine.Stopping).ConfigureAwait(false);
        if (document.Problem is null && JsonElement.DeepEquals(JsonElement.Parse(document.Body.Span), JsonElement.Parse(written)))
        {
            Written(generation, document.Version);
            return false;
        }

        lock (_gate)
        {
            _isConflicted = true;
            _isWriting = false;
        }

        // What is being created for the old one is told to the old one: the new one finds it in the cloud.
        await _hosts.Commands.DrainAsync(_service.Id).ConfigureAwait(false);
        Post(new Letter(null, document, null));
        return true;
    }
}
