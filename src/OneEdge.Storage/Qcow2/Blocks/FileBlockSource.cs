using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace OneEdge.Storage;

/// <summary>A regular file or block device of this machine, open for reading.</summary>
internal sealed class FileBlockSource : IBlockSource, ISparseSource
{
    private readonly SafeFileHandle _file;

    private FileBlockSource(SafeFileHandle file, string path, long length, long blocks, FileIdentity? identity)
    {
        (_file, Path, Length, AllocatedBytes, Identity) = (file, path, length, blocks * 512, identity);
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>How many bytes the file takes on its file system.</summary>
    public long AllocatedBytes { get; }

    /// <summary>Which file it is, whatever its name; <see langword="null"/> where the system does not tell.</summary>
    public FileIdentity? Identity { get; }

    /// <summary>The open file, for locks.</summary>
    public SafeFileHandle Handle => _file;

    /// <summary>Opens a file without ever waiting for a pipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">How messages name it.</param>
    /// <param name="takesLock">Whether it is locked against writers; the lock ends with the source.</param>
    /// <exception cref="Qcow2Exception">It is missing, not allowed, locked by another program, or no file.</exception>
    public static FileBlockSource Open(string path, string name, bool takesLock) =>
        OperatingSystem.IsLinux() ? OpenLinux(path, name, takesLock) : OpenElsewhere(path, name);

    public int Read(long offset, Span<byte> buffer)
    {
        int read = 0;
        while (read < buffer.Length)
        {
            int more = ReadOnce(offset + read, buffer[read..]);
            if (more == 0) break;
            read += more;
        }

        return read;
    }

    private int ReadOnce(long offset, Span<byte> buffer)
    {
        if (!OperatingSystem.IsLinux()) return RandomAccess.Read(_file, buffer, offset);
        while (true)
        {
            nint count = StorageNative.pread(_file, buffer, (nuint)buffer.Length, offset);
            if (count >= 0) return (int)count;
            int error = Marshal.GetLastPInvokeError();
            if (error != StorageNative.Interrupted) throw new IOException(
                $"'{Path}' cannot be read at {offset}: {Marshal.GetPInvokeErrorMessage(error)}.", error);
        }
    }

    /// <inheritdoc/>
    public long EndOfRun(long offset, out bool isData)
    {
        isData = true;
        if (!OperatingSystem.IsLinux()) return Length;
        long data = StorageNative.lseek(_file, offset, StorageNative.SeekData);
        if (data < 0 && Marshal.GetLastPInvokeError() == StorageNative.NoSuchAddress) data = Length;
        if (data < 0) return Length;
        if (data > offset)
        {
            isData = false;
            return Math.Min(data, Length);
        }

        long hole = StorageNative.lseek(_file, offset, StorageNative.SeekHole);
        return hole <= offset ? Length : Math.Min(hole, Length);
    }

    public void Dispose()
    {
        ImageLock.Release(_file);
        _file.Dispose();
    }

    [SupportedOSPlatform("linux")]
    private static FileBlockSource OpenLinux(string path, string name, bool takesLock)
    {
        SafeFileHandle file = StorageNative.open(path, StorageNative.ReadOnly | StorageNative.NonBlocking | StorageNative.CloseOnExec, 0);
        try
        {
            if (file.IsInvalid) throw NotOpened(name, Marshal.GetLastPInvokeError());
            StorageNative.Status status = StorageNative.GetStatus(file);
            if (takesLock && (status.IsRegular || status.IsBlockDevice))
            {
                ImageLock.ForReading(file, name);
                // A writer that was just about to end may have made it longer.
                status = StorageNative.GetStatus(file);
            }

            if (status.IsRegular) return new FileBlockSource(file, path, status.Length, status.Blocks, status.Identity);
            if (!status.IsBlockDevice) throw new Qcow2Exception(
                StorageErrorCodes.NotAFile, name, "this is a directory, pipe, socket or character device, not a disk image.");
            return new FileBlockSource(file, path, StorageNative.lseek(file, 0, StorageNative.SeekEnd), 0, status.Identity);
        }
        catch
        {
            ImageLock.Release(file);
            file.Dispose();
            throw;
        }
    }

    [SupportedOSPlatform("linux")]
    private static Qcow2Exception NotOpened(string name, int error) => error switch
    {
        StorageNative.NoEntry or 20 => new Qcow2Exception(StorageErrorCodes.FileMissing, name, "there is no such file."),
        StorageNative.TooManyLinks => new Qcow2Exception(StorageErrorCodes.FileMissing, name, "symbolic links lead nowhere."),
        _ => new Qcow2Exception(StorageErrorCodes.FileAccess, name, $"the file cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}."),
    };

    private static FileBlockSource OpenElsewhere(string path, string name)
    {
        if (Directory.Exists(path)) throw new Qcow2Exception(StorageErrorCodes.NotAFile, name, "this is a directory, not a disk image.");
        try
        {
            SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new FileBlockSource(file, path, RandomAccess.GetLength(file), 0, null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new Qcow2Exception(StorageErrorCodes.FileMissing, name, "there is no such file.", innerException: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Qcow2Exception(StorageErrorCodes.FileAccess, name, $"the file cannot be opened: {e.Message}", innerException: e);
        }
    }
}
