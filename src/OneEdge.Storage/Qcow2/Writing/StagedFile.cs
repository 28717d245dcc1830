using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using OneEdge.Files;

namespace OneEdge.Storage;

/// <summary>
/// A file that is written before it has its name: nobody sees it half done. Where the system can, it has no name at all until then, so that a process that
/// is killed leaves
/// nothing; elsewhere it has a temporary one beside. Writing may go on in several threads.
/// </summary>
internal sealed class StagedFile : IDisposable
{
    private readonly SafeFileHandle? _replaced;
    private string? _staged;

    private StagedFile(string target, string name, SafeFileHandle file, string? staged, SafeFileHandle? replaced)
    {
        (Target, Name, Handle, _staged, _replaced) = (target, name, file, staged, replaced);
    }

    /// <summary>The full name that the file will have.</summary>
    public string Target { get; }

    /// <summary>How messages name it.</summary>
    public string Name { get; }

    public string Directory => Path.GetDirectoryName(Target)!;

    public SafeFileHandle Handle { get; }

    /// <summary>Whether it takes the place of another file.</summary>
    public bool Replaces => _replaced is not null;

    /// <summary>Begins a file.</summary>
    /// <param name="target">Its full name.</param>
    /// <param name="name">How messages name it.</param>
    /// <param name="overwrites">Whether it may take the place of another one.</param>
    /// <exception cref="StorageException">There is a file that may not be replaced, or the directory cannot be written.</exception>
    public static StagedFile Create(string target, string name, bool overwrites)
    {
        SafeFileHandle? replaced = null;
        string directory = Path.GetDirectoryName(target) ?? throw new ArgumentException($"'{target}' is no name of a file.", nameof(target));
        string staged = Path.Combine(directory, $".oneedge-{Guid.NewGuid():N}.tmp");
        try
        {
            replaced = OpenReplaced(target, name, overwrites);
            if (replaced is null && OperatingSystem.IsLinux()) return CreateOnLinux(target, name, staged);
            using (IWritableFile file = LocalFileStore.Instance.Create(staged, UnixFileMode.UserRead | UnixFileMode.UserWrite))
                if (replaced is not null) file.CopyMetadata(target);
            SafeFileHandle handle = File.OpenHandle(staged, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return new StagedFile(target, name, handle, staged, replaced);
        }
        catch (Exception e)
        {
            replaced?.Dispose();
            TryDelete(staged);
            if (e is not (IOException or UnauthorizedAccessException)) throw;
            throw Failure(name, e);
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(Handle, bytes, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(Name, e);
        }
    }

    public void SetLength(long length) => Guarded(() => RandomAccess.SetLength(Handle, length));

    /// <summary>Gives a part of the file blocks of the file system without writing them.</summary>
    public void Reserve(long offset, long length)
    {
        if (length == 0 || !OperatingSystem.IsLinux()) return;
        int error = StorageNative.posix_fallocate(Handle, offset, length);
        if (error != 0) throw Failure(Name, new IOException(Marshal.GetPInvokeErrorMessage(error), error));
    }

    /// <summary>Lets the system begin to write a part of the file, so that <see cref="Flush"/> takes less time.</summary>
    public void BeginFlush(long offset, long length)
    {
        if (OperatingSystem.IsLinux()) StorageNative.BeginWriting(Handle, offset, length);
    }

    /// <summary>Makes the content survive a power failure.</summary>
    public void Flush() => Guarded(() => RandomAccess.FlushToDisk(Handle));

    /// <summary>Gives the file its name; the name survives a power failure when the directory is flushed.</summary>
    public void Publish() => Guarded(() =>
    {
        if (_staged is null && OperatingSystem.IsLinux())
        {
            int error = StorageNative.GiveName(Handle, Target);
            if (error == StorageNative.FileExists) throw AlreadyExists(Name);
            if (error != 0) throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            return;
        }

        // Windows replaces no file that is open, however it was opened.
        if (OperatingSystem.IsWindows()) _replaced?.Dispose();
        if (!Replaces && LocalFileStore.Instance.GetStatus(Target) is not null) throw AlreadyExists(Name);
        LocalFileStore.Instance.Rename(_staged!, Target, replace: Replaces);
        _staged = null;
    });

    /// <summary>Makes the names of files in a directory survive a power failure.</summary>
    public static void FlushDirectory(string directory)
    {
        try
        {
            LocalFileStore.Instance.FlushDirectory(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                StorageErrorCodes.WriteFailed, $"{directory}: new files have their names, but may lose them in a power failure: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        Handle.Dispose();
        if (_replaced is not null) ImageLock.Release(_replaced);
        _replaced?.Dispose();
        if (_staged is not null) TryDelete(_staged);
    }

    /// <summary>What is thrown when writing fails.</summary>
    public static StorageException Failure(string name, Exception cause) => new(
        StorageErrorCodes.WriteFailed, $"{name}: the file cannot be written: {cause.Message.TrimEnd('.')}. Nothing was left behind.", cause);

    [SupportedOSPlatform("linux")]
    private static StagedFile CreateOnLinux(string target, string name, string staged)
    {
        const int Flags = StorageNative.ReadWrite | StorageNative.CloseOnExec;
        SafeFileHandle file = StorageNative.open(Path.GetDirectoryName(target)!, Flags | StorageNative.Nameless, StorageNative.NewImageMode);
        if (!file.IsInvalid && System.IO.Directory.Exists("/proc/self/fd")) return new StagedFile(target, name, file, staged: null, replaced: null);
        file.Dispose();
        file = StorageNative.open(staged, Flags | StorageNative.CreateNew, StorageNative.NewImageMode);
        if (!file.IsInvalid) return new StagedFile(target, name, file, staged, replaced: null);
        int error = Marshal.GetLastPInvokeError();
        file.Dispose();
        throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }

    // The file to be replaced, locked, so that no image in use is taken away.
    private static SafeFileHandle? OpenReplaced(string target, string name, bool overwrites)
    {
        if (LocalFileStore.Instance.GetStatus(target) is not { } status) return null;
        if (!overwrites) throw AlreadyExists(name);
        if (status.Kind != FileKind.Regular)
            throw new Qcow2Exception(StorageErrorCodes.NotAFile, name, "a symbolic link, directory or special file is not replaced. Name the file itself.");
        SafeFileHandle file = File.OpenHandle(target, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            ImageLock.ForWriting(file, name);
            return file;
        }
        catch
        {
            ImageLock.Release(file);
            file.Dispose();
            throw;
        }
    }

    private static Qcow2Exception AlreadyExists(string name) =>
        new(StorageErrorCodes.AlreadyExists, name, $"there is a file already. Set {nameof(Qcow2CreateOptions.Overwrites)} to replace it.");

    /// <summary>Deletes a file as far as that is possible.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whatever led here says more.
        }
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(Name, e);
        }
    }
}
