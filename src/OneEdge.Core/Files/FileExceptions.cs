namespace OneEdge.Files;

/// <summary>A name is refused: it leaves its root, or what stands there is no regular file that may be used.</summary>
public sealed class PathRefusedException : OneEdgeException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">One of <see cref="CoreErrorCodes"/>.</param>
    /// <param name="path">The name as it was given.</param>
    /// <param name="reason">Why it is refused.</param>
    public PathRefusedException(string code, string path, string reason)
        : base(code, $"'{Printable(path)}' is refused: {reason}") => Path = path;

    /// <summary>The name as it was given.</summary>
    public string Path { get; }

    // The name may come from an attacker: no control characters, no megabytes.
    private static string Printable(string path)
    {
        string shortened = path.Length > 300 ? $"{path.AsSpan(0, 300)}..." : path;
        return string.Create(shortened.Length, shortened, (span, text) =>
        {
            for (int i = 0; i < text.Length; i++) span[i] = char.IsControl(text[i]) ? '?' : text[i];
        });
    }
}

/// <summary>Files are not what they were when they were read: somebody else changed, created or removed them meanwhile.</summary>
public sealed class FileConflictException : OneEdgeException
{
    internal FileConflictException(IReadOnlyList<string> paths, string message)
        : base(CoreErrorCodes.FileConflict, message) => Paths = paths;

    /// <summary>The files.</summary>
    public IReadOnlyList<string> Paths { get; }

    internal static FileConflictException SinceRead(IReadOnlyList<string> paths) => new(paths,
        $"Somebody changed, created or removed {Quote(paths)} since it was read. Nothing was changed; read again and repeat.");

    internal static FileConflictException SinceInterruption(IReadOnlyList<string> paths) => new(paths,
        $"An interrupted change cannot be finished, because somebody changed {Quote(paths)} meanwhile. Bring back the content from before the change, "
        + "or recover with FileConflictChoice.KeepCurrent to keep the present one.");

    private static string Quote(IReadOnlyList<string> paths) => string.Join(", ", paths.Select(path => $"'{path}'"));
}

/// <summary>One file or a set of files could not be written.</summary>
public sealed class FileTransactionException : OneEdgeException
{
    internal FileTransactionException(string code, string message, Exception innerException)
        : base(code, message, innerException)
    {
    }

    /// <summary>
    /// <see langword="false"/>: nothing was changed. <see langword="true"/>: the change is decided but not finished;
    /// <see cref="FileTransaction.RecoverAsync"/> finishes it.
    /// </summary>
    public bool IsCommitted => Code == CoreErrorCodes.TransactionUnfinished;
}

/// <summary>A lock stayed taken for longer than the caller wanted to wait.</summary>
public sealed class LockTimeoutException : OneEdgeException
{
    internal LockTimeoutException(string path, int? holder, TimeSpan waited)
        : base(CoreErrorCodes.LockTimeout, FormattableString.Invariant(
            $"The lock '{path}' is still held by {Describe(holder)} after {waited.TotalSeconds:0.###} s. Wait for that process to end, or allow more time."))
    {
        Path = path;
        HolderProcessId = holder;
    }

    /// <summary>The lock file.</summary>
    public string Path { get; }

    /// <summary>The process that holds the lock, if it is known.</summary>
    public int? HolderProcessId { get; }

    private static string Describe(int? holder) => holder is { } id ? FormattableString.Invariant($"process {id}") : "another process";
}
