namespace OneEdge.Files;

/// <summary>
/// The single steps from which <see cref="AtomicFile"/> and <see cref="FileTransaction"/> are made. Each step is about one system call, so that
/// a test can let the machine die between any two of them. Paths are absolute; failures are <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/>.
/// </summary>
public interface IFileStore
{
    /// <summary>What stands under a name, without following a link.</summary>
    /// <param name="path">The name.</param>
    /// <returns>The status, or <see langword="null"/> when nothing is there.</returns>
    FileStatus? GetStatus(string path);

    /// <summary>The names of the entries of a directory, without the directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <returns>The names in no order; empty when there is no such directory.</returns>
    IReadOnlyList<string> List(string directory);

    /// <summary>Reads a regular file; never follows a link and never waits for a pipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">The largest size that is accepted.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="PathRefusedException">The file is no regular file, or too large.</exception>
    byte[] Read(string path, long maxBytes);

    /// <summary>Creates a file that must not exist yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Its permissions, whatever the umask.</param>
    /// <returns>The file, open for writing.</returns>
    IWritableFile Create(string path, UnixFileMode mode);

    /// <summary>Creates one directory; its parent exists.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="mode">Its permissions, less the umask.</param>
    void CreateDirectory(string path, UnixFileMode mode);

    /// <summary>Gives a file or a directory another name in one step.</summary>
    /// <param name="from">The present name.</param>
    /// <param name="to">The new name.</param>
    /// <param name="replace">Whether a file of the new name is replaced; otherwise it is an error.</param>
    void Rename(string from, string to, bool replace);

    /// <summary>Deletes a file; a missing one is no error.</summary>
    /// <param name="path">The file.</param>
    void Delete(string path);

    /// <summary>Deletes a directory if it is empty; otherwise, or if it is missing, does nothing.</summary>
    /// <param name="path">The directory.</param>
    void DeleteEmptyDirectory(string path);

    /// <summary>Makes creations, renames and deletions in a directory survive a power failure.</summary>
    /// <param name="directory">The directory.</param>
    void FlushDirectory(string directory);

    /// <summary>Makes several files and directories survive a power failure, in no order; a store that can wait for all of them at once does.</summary>
    /// <param name="files">Files that are being written.</param>
    /// <param name="directories">Directories.</param>
    void FlushAll(IReadOnlyList<IWritableFile> files, IReadOnlyList<string> directories)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(directories);
        foreach (IWritableFile file in files) file.Flush();
        foreach (string directory in directories) FlushDirectory(directory);
    }
}

/// <summary>A new file that is being written.</summary>
public interface IWritableFile : IDisposable
{
    /// <summary>Appends bytes.</summary>
    /// <param name="content">The bytes.</param>
    void Write(ReadOnlySpan<byte> content);

    /// <summary>
    /// Takes over permissions, owner, group and extended attributes (access lists among them) of another file as far as the process may. If the
    /// group cannot be kept, the permissions of the group shrink to those of everybody.
    /// </summary>
    /// <param name="path">The other file.</param>
    void CopyMetadata(string path);

    /// <summary>Gives the file owner and group of a directory as far as the process may; a store without owners does nothing.</summary>
    /// <param name="directory">The directory.</param>
    void TakeOwnership(string directory)
    {
    }

    /// <summary>Makes content and metadata survive a power failure.</summary>
    void Flush();
}
