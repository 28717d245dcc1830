using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OneEdge.Storage;

/// <summary>Those that only writers need.</summary>
internal static partial class StorageNative
{
    internal const int CreateNew = 0xC0;
    internal const uint NewImageMode = 0x1A4;
    internal const int FileExists = 17;

    private const int CurrentDirectory = -100;
    private const int FollowSymlink = 0x400;
    private const int StartWriting = 2;

    /// <summary>A file without a name in a directory, which is gone when nobody has it open any more.</summary>
    internal static int Nameless => 0x400000 | (IsArm ? 0x4000 : 0x10000);

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Armv6;

    /// <summary>Names a file that was opened without a name.</summary>
    /// <returns>0, or the number of the error.</returns>
    internal static int GiveName(SafeFileHandle file, string path)
    {
        string descriptor = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/proc/self/fd/{file.DangerousGetHandle()}");
        int result = linkat(CurrentDirectory, descriptor, CurrentDirectory, path, FollowSymlink);
        GC.KeepAlive(file);
        return result == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>Lets the system begin to write what a file has got, without waiting.</summary>
    internal static void BeginWriting(SafeFileHandle file, long offset, long length) => _ = sync_file_range(file, offset, length, StartWriting);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int posix_fallocate(SafeFileHandle file, long offset, long length);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int linkat(int fromDirectory, string from, int toDirectory, string to, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int sync_file_range(SafeFileHandle file, long offset, long length, uint flags);
}
