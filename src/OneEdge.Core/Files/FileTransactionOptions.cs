namespace OneEdge.Files;

/// <summary>Where a <see cref="FileTransaction"/> keeps its journal and its backup.</summary>
public sealed record FileTransactionOptions
{
    /// <summary>The directory of the journal; made when missing. Every transaction over the same files must use the same one.</summary>
    public required string JournalDirectory { get; init; }

    /// <summary>The directory that gets the old contents, laid out as below <see cref="Root"/>; made when missing.</summary>
    /// <value>Default: <see langword="null"/>, no backup.</value>
    public string? BackupDirectory { get; init; }

    /// <summary>The directory below which all files with a backup lie.</summary>
    /// <value>Default: the root of the file system.</value>
    public string Root { get; init; } = "/";

    /// <summary>The permissions of directories made for new files, less the umask.</summary>
    /// <value>Default: 0755.</value>
    public UnixFileMode NewDirectoryMode { get; init; } =
        FileStoreSteps.OwnerOnlyDirectory | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Where files are.</summary>
    /// <value>Default: this machine.</value>
    public IFileStore Store { get; init; } = LocalFileStore.Instance;
}

/// <summary>What a recovery does with a file that is neither what it was before the transaction nor what it should become.</summary>
public enum FileConflictChoice
{
    /// <summary>Refuse and leave everything as it is, so that a person can look.</summary>
    Fail,

    /// <summary>Keep the file as somebody else left it, and drop the content that the transaction had for it.</summary>
    KeepCurrent,
}

/// <summary>What a recovery did.</summary>
/// <param name="Finished">The files of transactions that were committed and are now finished.</param>
/// <param name="RolledBack">The files of transactions that never came to their commit and are as before.</param>
public sealed record FileRecovery(IReadOnlyList<string> Finished, IReadOnlyList<string> RolledBack);

/// <summary>What a transaction did.</summary>
/// <param name="Files">The files that were replaced, created or deleted.</param>
/// <param name="Backups">The copies of the old contents; empty without a backup directory.</param>
public sealed record FileTransactionResult(IReadOnlyList<string> Files, IReadOnlyList<string> Backups);
