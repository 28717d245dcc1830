namespace OneEdge.Storage.Replicas;

/// <summary>Remembers which steps of a plan are done, so that a plan that was interrupted does only what is missing when it is run again.</summary>
public interface ITransferJournal
{
    /// <summary>The steps of a plan that are done, and how the last one left its subject.</summary>
    /// <param name="fingerprint">The plan, by <see cref="TransferPlan.Fingerprint"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>An entry a finished step, in their order; none when the plan never ran or ran to its end.</returns>
    Task<IReadOnlyList<TransferJournalEntry>> ReadAsync(string fingerprint, CancellationToken cancellationToken = default);

    /// <summary>Records a finished step, durably, before the next one begins.</summary>
    /// <param name="fingerprint">The plan.</param>
    /// <param name="entry">The step.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task AppendAsync(string fingerprint, TransferJournalEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Forgets a plan: it ran to its end, or the world is no longer as it left it.</summary>
    /// <param name="fingerprint">The plan.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task ForgetAsync(string fingerprint, CancellationToken cancellationToken = default);
}
