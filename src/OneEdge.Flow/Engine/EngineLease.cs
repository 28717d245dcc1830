using System.Diagnostics.CodeAnalysis;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>
/// The lease of the engine, on a document of its own. Nothing is written without it: when it is past its time, as after a long pause, writing waits until it
/// was renewed, and ends for good when somebody else took it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Nobody asks for the wait handle of the semaphore, so there is nothing to dispose of.")]
internal sealed class EngineLease(IDocumentStore documents, FlowEngineOptions options, TimeProvider time, DocumentLease lease, long acquired)
{
    private readonly SemaphoreSlim _renewing = new(1);
    private DocumentLease _lease = lease;
    private long _valid = acquired;

    public long Token => _lease.Token;

    private bool IsValid => time.GetElapsedTime(Volatile.Read(ref _valid)) < options.LeaseDuration * 0.9;

    /// <summary>The document that engines share. Of several, made by engines that started in the same moment, the oldest counts.</summary>
    public static async Task<int> FindDocumentAsync(IDocumentStore documents, FlowEngineOptions options, CancellationToken cancellationToken)
    {
        if (await OldestAsync().ConfigureAwait(false) is { } found) return found;
        await documents.CreateAsync(options.LeaseDocumentType, "oneedge-flow-engine", "{}"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        return await OldestAsync().ConfigureAwait(false)
            ?? throw new FlowException(FlowErrorCodes.EngineInactive, "The document of the engine was created and cannot be found.");

        async Task<int?> OldestAsync()
        {
            int? oldest = null;
            await foreach (StoredDocument document in documents.ListAsync(options.LeaseDocumentType, cancellationToken).ConfigureAwait(false))
            {
                if (oldest is null || document.Id < oldest) oldest = document.Id;
            }

            return oldest;
        }
    }

    /// <summary>Takes the lease.</summary>
    /// <exception cref="DocumentLeaseException">Somebody holds it.</exception>
    public static async Task<EngineLease> AcquireAsync(
        IDocumentStore documents, FlowEngineOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        int id = await FindDocumentAsync(documents, options, cancellationToken).ConfigureAwait(false);
        long sent = time.GetTimestamp();
        DocumentLease lease = await documents.AcquireLeaseAsync(id, options.Name, options.LeaseDuration, cancellationToken).ConfigureAwait(false);
        return new EngineLease(documents, options, time, lease, sent);
    }

    /// <summary>Renews it for ever.</summary>
    /// <returns>Why it ended: somebody else took it.</returns>
    public async Task<DocumentLeaseException> KeepAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(options.LeaseDuration / 3, time, cancellationToken).ConfigureAwait(false);
            try
            {
                await RenewAsync(force: true, cancellationToken).ConfigureAwait(false);
            }
            catch (DocumentLeaseException lost)
            {
                return lost;
            }
            catch (DocumentNotFoundException)
            {
                return DocumentLeaseException.Lost(_lease.DocumentId, _lease.Token, null);
            }
            catch (OpenNebulaException)
            {
                // Tried again; whoever writes meanwhile finds it past its time and waits.
            }
        }
    }

    /// <summary>Waits until the lease is held for sure.</summary>
    /// <exception cref="DocumentLeaseException">Somebody else took it.</exception>
    public ValueTask EnsureAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return IsValid ? ValueTask.CompletedTask : new ValueTask(RenewAsync(force: false, cancellationToken));
    }

    public Task ReleaseAsync(CancellationToken cancellationToken) => documents.ReleaseLeaseAsync(_lease, cancellationToken);

    private async Task RenewAsync(bool force, CancellationToken cancellationToken)
    {
        await _renewing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!force && IsValid) return;
            long sent = time.GetTimestamp();
            _lease = await documents.RenewLeaseAsync(_lease, options.LeaseDuration, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _valid, sent);
        }
        finally
        {
            _renewing.Release();
        }
    }
}
