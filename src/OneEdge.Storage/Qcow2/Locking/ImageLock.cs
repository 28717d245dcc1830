using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace OneEdge.Storage;

/// <summary>
/// The locks by which qemu keeps programs off an image in use: a read lock on byte 100 + p says that its holder uses permission p, one on byte 200 + p
/// that its holder shares
/// it with nobody. They belong to the open file and end with it. Source: block/file-posix.c of qemu.
/// </summary>
internal static class ImageLock
{
    private const int ConsistentRead = 0;
    private const int Write = 1;
    private const int Resize = 3;
    private const int Used = 100;
    private const int NotShared = 200;

    private const int NotSupported = 95;
    private const int NoLocks = 37;
    private const int NotImplemented = 38;
    private const int Again = 11;
    private const int Denied = 13;

    /// <summary>Takes the locks of a reader, who shares with readers.</summary>
    /// <param name="file">The file, open for reading.</param>
    /// <param name="name">How messages name it.</param>
    /// <exception cref="Qcow2Exception">Another program writes the image.</exception>
    public static void ForReading(SafeFileHandle file, string name)
    {
        if (OperatingSystem.IsLinux()) Take(file, name, [ConsistentRead], "read");
    }

    /// <summary>Takes the locks of a writer, who is alone.</summary>
    /// <param name="file">The file, open for reading and writing.</param>
    /// <param name="name">How messages name it.</param>
    /// <exception cref="Qcow2Exception">Another program reads or writes the image.</exception>
    public static void ForWriting(SafeFileHandle file, string name)
    {
        if (OperatingSystem.IsLinux()) Take(file, name, [ConsistentRead, Write, Resize], "written");
    }

    /// <summary>
    /// Gives the locks of a file back, before it is closed: a program that is being started in this moment has the open file too, until it is
    /// another program, and would keep them for so long.
    /// </summary>
    /// <param name="file">The file; one that is closed, or has no locks, is no error.</param>
    public static void Release(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux() || file.IsInvalid || file.IsClosed) return;
        var range = new StorageNative.LockRange { Kind = StorageNative.NoLock, Start = 0, Length = 0 };
        StorageNative.fcntl(file, StorageNative.SetLock, ref range);
    }

    // Own locks first, then a look at those of others: whoever comes at the same time sees ours.
    [SupportedOSPlatform("linux")]
    private static void Take(SafeFileHandle file, string name, ReadOnlySpan<int> used, string action)
    {
        foreach (int permission in used)
            if (!TryLock(file, Used + permission, name)) return;
        foreach (int permission in (ReadOnlySpan<int>)[Write, Resize])
            if (!TryLock(file, NotShared + permission, name)) return;
        foreach (int permission in used)
            if (IsLocked(file, NotShared + permission)) throw InUse(name, action, "it allows no other program to do that");
        foreach (int permission in (ReadOnlySpan<int>)[Write, Resize])
            if (IsLocked(file, Used + permission)) throw InUse(name, action, "it writes it");
    }

    /// <returns><see langword="false"/> when the file system knows no such locks; qemu then goes on without them.</returns>
    [SupportedOSPlatform("linux")]
    private static bool TryLock(SafeFileHandle file, long offset, string name)
    {
        var range = new StorageNative.LockRange { Kind = StorageNative.ReadLock, Start = offset, Length = 1 };
        if (StorageNative.fcntl(file, StorageNative.SetLock, ref range) == 0) return true;
        int error = Marshal.GetLastPInvokeError();
        if (error is StorageNative.InvalidArgument or NotSupported or NoLocks or NotImplemented) return false;
        if (error is Again or Denied) throw InUse(name, "opened", "it has locked the whole file");
        throw new Qcow2Exception(StorageErrorCodes.FileAccess, name, $"the file cannot be locked: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    [SupportedOSPlatform("linux")]
    private static bool IsLocked(SafeFileHandle file, long offset)
    {
        var range = new StorageNative.LockRange { Kind = StorageNative.WriteLock, Start = offset, Length = 1 };
        return StorageNative.fcntl(file, StorageNative.GetLock, ref range) == 0 && range.Kind != StorageNative.NoLock;
    }

    private static Qcow2Exception InUse(string name, string action, string why) => new(
        StorageErrorCodes.FileLocked,
        name,
        $"the image cannot be {action} now: another program, such as a running virtual machine or qemu-img, has it open, and {why}. "
        + "Stop that program or wait for its end"
        + (action == "written" ? "." : $"; to read it all the same (qemu-img -U), set {nameof(Qcow2OpenOptions)}.{nameof(Qcow2OpenOptions.IgnoresLocks)}."));
}
