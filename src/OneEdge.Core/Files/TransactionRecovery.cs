namespace OneEdge.Files;

/// <summary>Finishes or undoes a transaction from its record. Both can be repeated after being interrupted at any step.</summary>
internal static class TransactionRecovery
{
    private enum Step
    {
        Nothing,
        Install,
        Delete,
        DropStaged,
        Conflict,
    }

    /// <summary>Brings every file to its new state. Either all of them can be brought there, or none is touched.</summary>
    /// <exception cref="FileConflictException">Files were changed by somebody else meanwhile.</exception>
    internal static void RollForward(IFileStore store, TransactionRecord record, FileConflictChoice onConflict)
    {
        var steps = record.Entries.Select(entry => (Entry: entry, Step: Decide(store, entry))).ToList();
        string[] conflicts = [.. steps.Where(step => step.Step == Step.Conflict).Select(step => step.Entry.Path)];
        if (conflicts.Length > 0 && onConflict == FileConflictChoice.Fail) throw FileConflictException.SinceInterruption(conflicts);
        foreach ((JournalEntry entry, Step step) in steps)
        {
            if (step == Step.Install) store.Rename(entry.Staged, entry.Path, replace: entry.OldHash is not null);
            else if (step == Step.Delete) store.Delete(entry.Path);
            else if (step is Step.DropStaged or Step.Conflict) store.Delete(entry.Staged);
        }

        store.FlushDirectories(record.TargetDirectories.Where(directory => store.GetStatus(directory) is not null));
    }

    /// <summary>Removes everything that was prepared. The files themselves were not touched yet.</summary>
    internal static void RollBack(IFileStore store, TransactionRecord record)
    {
        foreach (JournalEntry entry in record.Entries)
        {
            store.Delete(entry.Staged);
            if (entry.Backup is not null && IsRedundant(store, entry)) store.Delete(entry.Backup);
        }

        foreach (string directory in record.NewDirectories.Reverse()) store.DeleteEmptyDirectory(directory);
        IEnumerable<string> touched = record.TargetDirectories
            .Concat(record.Entries.Where(entry => entry.Backup is not null).Select(entry => FileStoreSteps.DirectoryOf(entry.Backup!)))
            .Concat(record.NewDirectories.Select(FileStoreSteps.DirectoryOf));
        store.FlushDirectories(touched.Where(directory => store.GetStatus(directory) is not null));
    }

    private static Step Decide(IFileStore store, JournalEntry entry)
    {
        bool isStaged = !entry.IsDeletion && store.GetStatus(entry.Staged) is not null;
        // Nothing but the installation takes the staged file away, so the file was installed and whatever it is now came later.
        if (!entry.IsDeletion && !isStaged) return Step.Nothing;
        if (store.GetStatus(entry.Path) is { Kind: not FileKind.Regular }) return Step.Conflict;
        string? current = store.TryHash(entry.Path)?.ToString();
        if (entry.IsDeletion) return current is null ? Step.Nothing : current == entry.OldHash ? Step.Delete : Step.Conflict;
        if (current == entry.NewHash && current != entry.OldHash) return Step.DropStaged;
        return current == entry.OldHash && store.TryHash(entry.Staged)?.ToString() == entry.NewHash ? Step.Install : Step.Conflict;
    }

    // A backup half written, or the copy of a file that is still there. The copy of a file that vanished meanwhile stays.
    private static bool IsRedundant(IFileStore store, JournalEntry entry)
    {
        if (store.GetStatus(entry.Backup!) is null) return false;
        return store.TryHash(entry.Backup!)?.ToString() != entry.OldHash || IsUnchanged(store, entry);
    }

    private static bool IsUnchanged(IFileStore store, JournalEntry entry) =>
        store.GetStatus(entry.Path) is { Kind: FileKind.Regular } && store.TryHash(entry.Path)?.ToString() == entry.OldHash;
}
