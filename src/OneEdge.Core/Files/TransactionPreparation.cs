namespace OneEdge.Files;

/// <summary>Everything that a transaction does before its commit: checks, new contents, backups.</summary>
internal sealed class TransactionPreparation
{
    // Files are written first and flushed together, which costs the disk less; so many are open at a time.
    private const int BatchSize = 64;

    private readonly IReadOnlyList<FileChange> _changes;
    private readonly FileTransactionOptions _options;
    private readonly IFileStore _store;

    private TransactionPreparation(IReadOnlyList<FileChange> changes, FileTransactionOptions options)
    {
        _changes = changes;
        _options = options;
        _store = options.Store;
    }

    internal bool IsEmpty => _changes.Count == 0;

    /// <summary>Checks arguments; touches no file.</summary>
    internal static TransactionPreparation Check(IReadOnlyList<FileChange> changes, FileTransactionOptions options)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        FileChange[] normal = [.. changes.Select(change => change with { Path = Path.GetFullPath(change.Path) })];
        foreach (FileChange change in normal)
        {
            if (!seen.Add(change.Path)) throw new ArgumentException($"'{change.Path}' is changed twice.", nameof(changes));
            if (options.BackupDirectory is not null && change.ExpectedHash is not null && RelativeToRoot(options, change.Path) is null)
                throw new ArgumentException($"'{change.Path}' is not below '{options.Root}', so it has no place in the backup.", nameof(changes));
        }

        return new TransactionPreparation(normal, options);
    }

    /// <summary>Checks every file and says what will be done.</summary>
    /// <exception cref="FileConflictException">A file is not what was expected.</exception>
    internal TransactionRecord Describe(string id)
    {
        CheckUnchanged();
        JournalEntry[] entries = [.. _changes.Select((change, index) => Describe(change, id, index))];
        if (entries.FirstOrDefault(entry => entry.Backup is not null && _store.GetStatus(entry.Backup) is not null) is { } taken)
            throw new FileConflictException([taken.Backup!], $"The backup '{taken.Backup}' exists already. Choose another backup directory.");
        IEnumerable<string> needed = TargetDirectories(entries).Concat(BackupDirectories(entries)).Distinct(StringComparer.Ordinal);
        string[] newDirectories = [.. needed.SelectMany(_store.MissingDirectories).Distinct(StringComparer.Ordinal)];
        return new TransactionRecord(Version: 1, id, entries, newDirectories);
    }

    /// <exception cref="FileConflictException">A file is not what was expected.</exception>
    internal void CheckUnchanged()
    {
        string[] changed = [.. _changes.Where(IsChanged).Select(change => change.Path)];
        if (changed.Length > 0) throw FileConflictException.SinceRead(changed);
    }

    private bool IsChanged(FileChange change)
    {
        bool isOfOtherSize =
            change.ExpectedLength is { } length && _store.GetStatus(change.Path) is { Kind: FileKind.Regular } status && status.Length != length;
        return isOfOtherSize || _store.TryHash(change.Path) != change.ExpectedHash;
    }

    internal void MakeJournalDirectory()
    {
        string[] missing = [.. _store.MissingDirectories(Path.GetFullPath(_options.JournalDirectory))];
        foreach (string directory in missing) _store.CreateDirectory(directory, FileStoreSteps.OwnerOnlyDirectory);
        _store.FlushDirectories(missing.Select(FileStoreSteps.DirectoryOf));
    }

    /// <summary>Writes new contents beside the files and old contents into the backup, durably.</summary>
    internal void Stage(TransactionRecord record, CancellationToken cancellationToken)
    {
        foreach (string directory in record.NewDirectories)
            _store.CreateDirectory(directory, IsInBackup(directory) ? FileStoreSteps.OwnerOnlyDirectory : _options.NewDirectoryMode);
        string[] directories =
        [
            .. TargetDirectories(record.Entries)
                .Concat(BackupDirectories(record.Entries))
                .Concat(record.NewDirectories.Select(FileStoreSteps.DirectoryOf))
                .Distinct(StringComparer.Ordinal),
        ];
        for (int start = 0; start < _changes.Count; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int end = Math.Min(start + BatchSize, _changes.Count);
            StageBatch(record, start, end, end == _changes.Count ? directories : []);
        }
    }

    private void StageBatch(TransactionRecord record, int start, int end, IReadOnlyList<string> directories)
    {
        var open = new List<IWritableFile>(2 * BatchSize);
        try
        {
            for (int i = start; i < end; i++)
            {
                (FileChange change, JournalEntry entry) = (_changes[i], record.Entries[i]);
                if (change.Content is { } content) open.Add(Write(entry.Staged, content.Span, change, record.NewDirectories));
                if (entry.Backup is not null) open.Add(Write(entry.Backup, ReadExpected(change), change, record.NewDirectories));
            }

            _store.FlushAll(open, directories);
        }
        finally
        {
            foreach (IWritableFile file in open) file.Dispose();
        }
    }

    private IWritableFile Write(string path, ReadOnlySpan<byte> content, FileChange change, IReadOnlyList<string> newDirectories)
    {
        string? model = change.ExpectedHash is null ? change.MetadataFrom : change.Path;
        IWritableFile file = _store.Create(path, model is null ? change.NewFileMode : FileStoreSteps.OwnerOnly);
        try
        {
            file.Write(content);
            if (model is not null) file.CopyMetadata(model);
            else if (change.TakesOwnerOfDirectory) file.TakeOwnership(OwnedDirectory(change.Path, newDirectories));
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // A directory that this transaction made is the process's own and says nothing.
    private static string OwnedDirectory(string path, IReadOnlyList<string> newDirectories)
    {
        string directory = FileStoreSteps.DirectoryOf(path);
        while (newDirectories.Contains(directory)) directory = FileStoreSteps.DirectoryOf(directory);
        return directory;
    }

    private byte[] ReadExpected(FileChange change)
    {
        byte[]? content = _store.TryRead(change.Path);
        return content is not null && ContentHash.Of(content) == change.ExpectedHash ? content : throw FileConflictException.SinceRead([change.Path]);
    }

    private JournalEntry Describe(FileChange change, string id, int index)
    {
        string staged = Path.Combine(FileStoreSteps.DirectoryOf(change.Path), FormattableString.Invariant($".oneedge-{id}-{index}.tmp"));
        bool hasBackup = _options.BackupDirectory is not null && change.ExpectedHash is not null;
        string? backup = hasBackup ? Path.GetFullPath(Path.Combine(_options.BackupDirectory!, RelativeToRoot(_options, change.Path)!)) : null;
        string? newHash = change.Content is { } content ? ContentHash.Of(content.Span).ToString() : null;
        return new JournalEntry(change.Path, staged, change.ExpectedHash?.ToString(), newHash, backup);
    }

    private static IEnumerable<string> TargetDirectories(IEnumerable<JournalEntry> entries) =>
        entries.Where(entry => !entry.IsDeletion).Select(entry => FileStoreSteps.DirectoryOf(entry.Path));

    private static IEnumerable<string> BackupDirectories(IEnumerable<JournalEntry> entries) =>
        entries.Where(entry => entry.Backup is not null).Select(entry => FileStoreSteps.DirectoryOf(entry.Backup!));

    private bool IsInBackup(string directory) => _options.BackupDirectory is { } backup && RelativeTo(backup, directory) is not null;

    private static string? RelativeToRoot(FileTransactionOptions options, string path) => RelativeTo(options.Root, path);

    private static string? RelativeTo(string root, string path)
    {
        string relative = Path.GetRelativePath(Path.GetFullPath(root), path);
        bool isBelow = relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
        return isBelow ? relative : null;
    }
}
