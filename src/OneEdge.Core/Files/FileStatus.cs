namespace OneEdge.Files;

/// <summary>What stands under a name; links are not followed.</summary>
public enum FileKind
{
    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link.</summary>
    SymbolicLink,

    /// <summary>A named pipe.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A character or block device.</summary>
    Device,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>What is known about a file without opening it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Mode">Its permissions; <see cref="UnixFileMode.None"/> on Windows.</param>
public readonly record struct FileStatus(FileKind Kind, long Length, UnixFileMode Mode);
