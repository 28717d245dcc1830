using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace OneEdge.Files;

/// <summary>The files of this machine. Off Linux without owners, extended attributes and the flushing of directories.</summary>
public sealed class LocalFileStore : IFileStore
{
    private const int MaxFlushes = 8;

    private LocalFileStore()
    {
    }

    /// <summary>The one instance; it has no state.</summary>
    public static LocalFileStore Instance { get; } = new();

    /// <inheritdoc/>
    public FileStatus? GetStatus(string path)
    {
        if (OperatingSystem.IsLinux()) return LinuxNative.TryGetStatus(path)?.File;
        var file = new FileInfo(path);
        if (file.LinkTarget is not null) return new FileStatus(FileKind.SymbolicLink, 0, UnixFileMode.None);
        if (Directory.Exists(path)) return new FileStatus(FileKind.Directory, 0, ModeOf(file));
        return file.Exists ? new FileStatus(FileKind.Regular, file.Length, ModeOf(file)) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFileSystemEntries(directory).Select(entry => Path.GetFileName(entry))] : [];

    /// <inheritdoc/>
    public byte[] Read(string path, long maxBytes)
    {
        using SafeFileHandle file = OpenForReading(path);
        return ReadAll(file, path, maxBytes);
    }

    /// <inheritdoc/>
    public IWritableFile Create(string path, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        var stream = new FileStream(path, options);
        try
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(stream.SafeFileHandle, mode);
            return new LocalWritableFile(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void CreateDirectory(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, mode);
    }

    /// <inheritdoc/>
    public void Rename(string from, string to, bool replace)
    {
        // The base library looks first and renames then, which would overwrite a file that appears in between.
        if (!replace && OperatingSystem.IsLinux() && TryRenameToNew(from, to)) return;
        if (Directory.Exists(from)) Directory.Move(from, to);
        else File.Move(from, to, replace);
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone with its directory, which is what was wanted.
        }
    }

    /// <inheritdoc/>
    public void DeleteEmptyDirectory(string path)
    {
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any()) Directory.Delete(path);
    }

    /// <inheritdoc/>
    public void FlushDirectory(string directory)
    {
        if (!OperatingSystem.IsLinux()) return;
        using SafeFileHandle handle = OpenLinux(LinuxNative.CurrentDirectory, directory, LinuxNative.Directory, directory);
        if (LinuxNative.fsync(handle) != 0) throw LinuxNative.Failure(Marshal.GetLastPInvokeError(), "flush", directory);
    }

    /// <inheritdoc/>
    public void FlushAll(IReadOnlyList<IWritableFile> files, IReadOnlyList<string> directories)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(directories);
        Action[] flushes = [.. files.Select(file => (Action)file.Flush), .. directories.Select(directory => (Action)(() => FlushDirectory(directory)))];
        if (flushes.Length == 0) return;
        try
        {
            // A disk writes many waiting things in little more time than one.
            Parallel.Invoke(new ParallelOptions { MaxDegreeOfParallelism = MaxFlushes }, flushes);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    /// <summary>Reads an open file; refuses what is no regular file or too large, even when the size given by the system is wrong.</summary>
    internal static byte[] ReadAll(SafeFileHandle file, string path, long maxBytes)
    {
        if (OperatingSystem.IsLinux() && LinuxNative.GetStatus(file, path).File.Kind is var kind and not FileKind.Regular) throw NotRegular(path, kind);
        long length = RandomAccess.GetLength(file);
        if (length > maxBytes) throw TooLarge(path, maxBytes);
        byte[] content = GC.AllocateUninitializedArray<byte>(checked((int)length));
        int filled = 0;
        Span<byte> probe = stackalloc byte[1];
        while (true)
        {
            if (filled == content.Length)
            {
                // Files of /proc say 0, and a file may grow while it is read.
                if (RandomAccess.Read(file, probe, filled) == 0) return content;
                if (filled >= maxBytes) throw TooLarge(path, maxBytes);
                Array.Resize(ref content, (int)Math.Min(maxBytes, Math.Max(4096, 2L * filled)));
            }

            int read = RandomAccess.Read(file, content.AsSpan(filled), filled);
            if (read == 0) return content[..filled];
            filled += read;
        }
    }

    internal static PathRefusedException NotRegular(string path, FileKind kind) => kind == FileKind.SymbolicLink
        ? new PathRefusedException(CoreErrorCodes.SymbolicLink, path, "it is a symbolic link. Name the file that it points to.")
        : new PathRefusedException(CoreErrorCodes.NotARegularFile, path, $"a regular file is expected, but it is a {Describe(kind)}.");

    [SupportedOSPlatform("linux")]
    internal static SafeFileHandle OpenLinux(int directory, string name, int flags, string path)
    {
        int descriptor = LinuxNative.openat(directory, name, flags | LinuxNative.CloseOnExec, 0);
        if (descriptor >= 0) return new SafeFileHandle(descriptor, ownsHandle: true);
        int error = Marshal.GetLastPInvokeError();
        if (error == LinuxNative.TooManyLinks) throw NotRegular(path, FileKind.SymbolicLink);
        throw LinuxNative.Failure(error, "open", path);
    }

    /// <returns><see langword="false"/> when the file system has no such rename.</returns>
    [SupportedOSPlatform("linux")]
    private static bool TryRenameToNew(string from, string to)
    {
        int result = LinuxNative.renameat2(LinuxNative.CurrentDirectory, from, LinuxNative.CurrentDirectory, to, LinuxNative.NoReplace);
        if (result == 0) return true;
        int error = Marshal.GetLastPInvokeError();
        return error == LinuxNative.InvalidArgument ? false : throw LinuxNative.Failure(error, "create", to);
    }

    private static string Describe(FileKind kind) => kind switch
    {
        FileKind.Directory => "directory",
        FileKind.Pipe => "named pipe",
        FileKind.Socket => "socket",
        FileKind.Device => "device",
        _ => "special file",
    };

    private static PathRefusedException TooLarge(string path, long maxBytes) => new(
        CoreErrorCodes.FileTooLarge, path, FormattableString.Invariant($"it has more than {maxBytes} bytes."));

    private static UnixFileMode ModeOf(FileInfo file) => OperatingSystem.IsWindows() ? UnixFileMode.None : file.UnixFileMode;

    private SafeFileHandle OpenForReading(string path)
    {
        if (OperatingSystem.IsLinux()) return OpenLinux(LinuxNative.CurrentDirectory, path, LinuxNative.NoFollow | LinuxNative.NonBlocking, path);
        if (GetStatus(path) is { Kind: not FileKind.Regular } status) throw NotRegular(path, status.Kind);
        return File.OpenHandle(path);
    }
}
