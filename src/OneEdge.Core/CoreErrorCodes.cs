namespace OneEdge;

/// <summary>The stable codes of the errors of OneEdge.Core.</summary>
public static class CoreErrorCodes
{
    /// <summary>A name leaves its root, or is empty, too long or contains NUL.</summary>
    public const string PathOutsideRoot = "OEC0001";

    /// <summary>A symbolic link stands where none is allowed.</summary>
    public const string SymbolicLink = "OEC0002";

    /// <summary>A directory, pipe, socket or device stands where a regular file is expected.</summary>
    public const string NotARegularFile = "OEC0003";

    /// <summary>A file is larger than the caller allows.</summary>
    public const string FileTooLarge = "OEC0004";

    /// <summary>A file is not what it was when it was read.</summary>
    public const string FileConflict = "OEC0005";

    /// <summary>A file transaction failed before its commit; nothing was changed.</summary>
    public const string TransactionFailed = "OEC0006";

    /// <summary>A committed file transaction could not be finished; recovery finishes it.</summary>
    public const string TransactionUnfinished = "OEC0007";

    /// <summary>The journal of a file transaction cannot be read.</summary>
    public const string JournalUnreadable = "OEC0008";

    /// <summary>A lock stayed taken for longer than the caller wanted to wait.</summary>
    public const string LockTimeout = "OEC0009";

    /// <summary>A file could not be replaced.</summary>
    public const string ReplaceFailed = "OEC0010";

    /// <summary>A command ended with an exit code that its caller does not accept.</summary>
    public const string CommandFailed = "OEC0020";

    /// <summary>A program is not installed.</summary>
    public const string ToolMissing = "OEC0021";

    /// <summary>A command ran for longer than it may.</summary>
    public const string CommandTimeout = "OEC0022";

    /// <summary>A command could not be started.</summary>
    public const string CommandNotStarted = "OEC0023";
}
