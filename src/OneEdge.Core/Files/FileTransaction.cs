namespace OneEdge.Files;

/// <summary>
/// Changes several files as one: after a crash at any moment, <see cref="RecoverAsync"/> makes all of them old or all of them new. Nothing here
/// keeps other processes away: hold a <see cref="CrossProcessLock"/> from the recovery to the commit.
/// </summary>
/// <remarks>
/// The order, each line durable before the next: the journal; new contents beside the files and old contents in the backup; the journal is
/// renamed from prepared to committed; the new contents are renamed into place; the journal is removed.
/// </remarks>
public static class FileTransaction
{
    /// <summary>Replaces, creates and deletes files as one. Existing files keep permissions, owner, group and extended attributes where permitted.</summary>
    /// <param name="changes">The changes, at most one a file.</param>
    /// <param name="options">Where the journal and the backup go.</param>
    /// <param name="cancellationToken">Stops and rolls back before the commit; afterwards the transaction is finished.</param>
    /// <returns>What was done, when it survives a power failure.</returns>
    /// <exception cref="FileConflictException">A file is not what <see cref="FileChange.ExpectedHash"/> says; nothing was changed.</exception>
    /// <exception cref="FileTransactionException">Something cannot be written; see <see cref="FileTransactionException.IsCommitted"/>.</exception>
    /// <exception cref="PathRefusedException">A file is a symbolic link, a directory or a special file; nothing was changed.</exception>
    public static Task<FileTransactionResult> CommitAsync(
        IReadOnlyList<FileChange> changes, FileTransactionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(options);
        var preparation = TransactionPreparation.Check(changes, options);
        return Task.Run(() => Commit(preparation, options, cancellationToken), cancellationToken);
    }

    /// <summary>Finishes or rolls back what interrupted transactions left. Call it, under the lock, before the files are read.</summary>
    /// <param name="journalDirectory">The directory of the journals; may be missing.</param>
    /// <param name="onConflict">What to do with files that somebody else changed in between.</param>
    /// <param name="store">Where files are; <see langword="null"/> means this machine.</param>
    /// <param name="cancellationToken">Stops between two transactions.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="FileConflictException">Somebody else changed a file in between; its transaction is left as it is.</exception>
    /// <exception cref="FileTransactionException">A file cannot be written; recovery may be tried again.</exception>
    public static Task<FileRecovery> RecoverAsync(
        string journalDirectory,
        FileConflictChoice onConflict = FileConflictChoice.Fail,
        IFileStore? store = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(journalDirectory);
        string directory = Path.GetFullPath(journalDirectory);
        return Task.Run(() => Recover(store ?? LocalFileStore.Instance, directory, onConflict, cancellationToken), cancellationToken);
    }

    private static FileTransactionResult Commit(TransactionPreparation preparation, FileTransactionOptions options, CancellationToken cancellationToken)
    {
        if (preparation.IsEmpty) return new FileTransactionResult([], []);
        IFileStore store = options.Store;
        string id = Guid.NewGuid().ToString("N");
        var journal = new TransactionJournal(store, Path.GetFullPath(options.JournalDirectory), id);
        TransactionRecord? record = null;
        try
        {
            record = preparation.Describe(id);
            preparation.MakeJournalDirectory();
            journal.Write(record.Entries, record.NewDirectories);
            preparation.Stage(record, cancellationToken);
            preparation.CheckUnchanged();
            cancellationToken.ThrowIfCancellationRequested();
            journal.MarkCommitted();
        }
        catch (Exception e)
        {
            string? leftover = record is null ? null : TryRollBack(store, journal, record);
            if (leftover is null && !FileStoreSteps.IsStorageFailure(e)) throw;
            string outcome = leftover is null
                ? "Nothing was changed."
                : $"No file was changed, but cleaning up failed ({leftover}); the next recovery does it.";
            throw new FileTransactionException(CoreErrorCodes.TransactionFailed, $"The change was rolled back: {e.Message} {outcome}", e);
        }

        FinishOrRollBack(store, journal, record);
        return new FileTransactionResult(
            [.. record.Entries.Select(entry => entry.Path)],
            [.. record.Entries.Where(entry => entry.Backup is not null).Select(entry => entry.Backup!)]);
    }

    private static void FinishOrRollBack(IFileStore store, TransactionJournal journal, TransactionRecord record)
    {
        try
        {
            Finish(store, journal, record, FileConflictChoice.Fail);
        }
        catch (FileConflictException e) when (TryRollBack(store, journal, record) is null)
        {
            // A change in the last instant; conflicts are found before the first file is touched, so it is not too late.
            throw FileConflictException.SinceRead(e.Paths);
        }
    }

    private static FileRecovery Recover(IFileStore store, string directory, FileConflictChoice onConflict, CancellationToken cancellationToken)
    {
        List<string> finished = [];
        List<string> rolledBack = [];
        foreach ((TransactionJournal journal, bool isCommitted) in TransactionJournal.FindAll(store, directory))
        {
            cancellationToken.ThrowIfCancellationRequested();
            TransactionRecord? record = journal.Read(isCommitted);
            if (isCommitted) Finish(store, journal, record!, onConflict);
            else Undo(store, journal, record);
            (isCommitted ? finished : rolledBack).AddRange(record?.Entries.Select(entry => entry.Path) ?? []);
        }

        return new FileRecovery(finished, rolledBack);
    }

    private static void Finish(IFileStore store, TransactionJournal journal, TransactionRecord record, FileConflictChoice onConflict)
    {
        try
        {
            TransactionRecovery.RollForward(store, record, onConflict);
            // Should a power failure bring the journal back, a repeated deletion could meet a newer file; a repeated installation cannot.
            journal.Remove(committed: true, durably: record.Entries.Any(entry => entry.IsDeletion));
        }
        catch (Exception e) when (FileStoreSteps.IsStorageFailure(e))
        {
            throw new FileTransactionException(CoreErrorCodes.TransactionUnfinished,
                $"The change is decided but not finished: {e.Message} Remove the cause; the next recovery finishes it.", e);
        }
    }

    private static void Undo(IFileStore store, TransactionJournal journal, TransactionRecord? record)
    {
        try
        {
            if (record is not null) TransactionRecovery.RollBack(store, record);
            journal.Remove(committed: false, durably: false);
        }
        catch (Exception e) when (FileStoreSteps.IsStorageFailure(e))
        {
            throw new FileTransactionException(CoreErrorCodes.TransactionFailed,
                $"An interrupted change cannot be rolled back completely: {e.Message} No file was changed; remove the cause and recover again.", e);
        }
    }

    private static string? TryRollBack(IFileStore store, TransactionJournal journal, TransactionRecord record)
    {
        try
        {
            journal.MarkPrepared();
            TransactionRecovery.RollBack(store, record);
            journal.Remove(committed: false, durably: false);
            return null;
        }
        catch (Exception e) when (FileStoreSteps.IsStorageFailure(e))
        {
            return e.Message;
        }
    }
}
