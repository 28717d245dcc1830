using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OneEdge.Storage;

/// <summary>An image that is there, open and locked for writing.</summary>
internal static class WritableImageFile
{
    /// <summary>Opens a regular file or block device.</summary>
    /// <param name="path">The file; links are followed, as qemu does.</param>
    /// <param name="name">How messages name it.</param>
    /// <exception cref="Qcow2Exception">It is missing, not allowed, no file, or in use.</exception>
    public static SafeFileHandle Open(string path, string name)
    {
        // Tells what is missing, a directory or a pipe, without waiting for one.
        FileBlockSource.Open(path, name, takesLock: false).Dispose();
        SafeFileHandle? file = null;
        try
        {
            file = OperatingSystem.IsLinux()
                ? StorageNative.open(path, StorageNative.ReadWrite | StorageNative.NonBlocking | StorageNative.CloseOnExec, 0)
                : File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (file.IsInvalid) throw new UnauthorizedAccessException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
            ImageLock.ForWriting(file, name);
            return file;
        }
        catch (Exception e)
        {
            if (file is not null) ImageLock.Release(file);
            file?.Dispose();
            if (e is not (IOException or UnauthorizedAccessException)) throw;
            throw new Qcow2Exception(StorageErrorCodes.FileAccess, name, $"the file cannot be opened for writing: {e.Message}", innerException: e);
        }
    }
}
