using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace OneEdge.Storage;

/// <summary>The system calls of Linux that the base library does not offer.</summary>
[SupportedOSPlatform("linux")]
internal static partial class StorageNative
{
    internal const int ReadOnly = 0;
    internal const int ReadWrite = 2;
    internal const int NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000;

    internal const int SeekData = 3;
    internal const int SeekHole = 4;
    internal const int SeekEnd = 2;

    internal const int NoEntry = 2;
    internal const int Interrupted = 4;
    internal const int NoSuchAddress = 6;
    internal const int TooManyLinks = 40;
    internal const int InvalidArgument = 22;

    // F_OFD_GETLK, F_OFD_SETLK and the kinds of locks of fcntl.h.
    internal const int GetLock = 36;
    internal const int SetLock = 37;
    internal const short ReadLock = 0;
    internal const short WriteLock = 1;
    internal const short NoLock = 2;

    private const int EmptyPath = 0x1000;
    private const uint BasicStatus = 0x7ff;
    private const int StatusSize = 256;

    /// <summary>Kind, size and identity of an open file, as <c>statx</c> tells them.</summary>
    internal readonly record struct Status(int Kind, long Length, long Blocks, FileIdentity Identity)
    {
        public bool IsRegular => Kind == 0x8000;

        public bool IsBlockDevice => Kind == 0x6000;
    }

    /// <summary>struct flock of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct LockRange
    {
        public short Kind;
        public short Whence;
        public long Start;
        public long Length;
        public int ProcessId;
    }

    internal static Status GetStatus(SafeFileHandle file)
    {
        Span<byte> buffer = stackalloc byte[StatusSize];
        if (statx(file, "", EmptyPath, BasicStatus, buffer) != 0) throw new IOException(LastError());
        long device = ((long)MemoryMarshal.Read<uint>(buffer[136..]) << 32) | MemoryMarshal.Read<uint>(buffer[140..]);
        return new Status(
            MemoryMarshal.Read<ushort>(buffer[28..]) & 0xF000,
            MemoryMarshal.Read<long>(buffer[40..]),
            MemoryMarshal.Read<long>(buffer[48..]),
            new FileIdentity(device, MemoryMarshal.Read<long>(buffer[32..])));
    }

    internal static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle open(string path, int flags, uint mode);

    /// <summary>Reads at an offset; -1 and an error when that fails. RandomAccess asks two more questions of every file that it sees.</summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint pread(SafeFileHandle file, Span<byte> buffer, nuint count, long offset);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial long lseek(SafeFileHandle file, long offset, int whence);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fcntl(SafeFileHandle file, int command, ref LockRange range);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(SafeFileHandle directory, string path, int flags, uint mask, Span<byte> buffer);
}
