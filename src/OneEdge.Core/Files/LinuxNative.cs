using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace OneEdge.Files;

/// <summary>The system calls of Linux that the base library does not offer.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LinuxNative
{
    internal const int CurrentDirectory = -100;
    internal const int ReadOnly = 0;
    internal const int NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000;
    internal const int PathOnly = 0x200000;
    internal const int NotPermitted = 1;
    internal const int NoEntry = 2;
    internal const int NotADirectory = 20;
    internal const int InvalidArgument = 22;
    internal const int TooManyLinks = 40;
    internal const uint NoReplace = 1;

    private const int SymlinkNoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStatus = 0x7ff;
    private const int StatusSize = 256;

    // These two differ between the processor families that .NET runs on.
    internal static int Directory => IsArm ? 0x4000 : 0x10000;

    internal static int NoFollow => IsArm ? 0x8000 : 0x20000;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm or Architecture.Armv6;

    internal readonly record struct Status(FileStatus File, uint Owner, uint Group);

    /// <summary>The status of a name without following a link, or <see langword="null"/> when nothing is there.</summary>
    internal static Status? TryGetStatus(string path)
    {
        Span<byte> buffer = stackalloc byte[StatusSize];
        if (statx(CurrentDirectory, path, SymlinkNoFollow, BasicStatus, buffer) == 0) return Decode(buffer);
        int error = Marshal.GetLastPInvokeError();
        return error is NoEntry or NotADirectory ? null : throw Failure(error, "look at", path);
    }

    internal static Status GetStatus(SafeFileHandle file, string path)
    {
        Span<byte> buffer = stackalloc byte[StatusSize];
        int result = statx((int)file.DangerousGetHandle(), "", EmptyPath, BasicStatus, buffer);
        GC.KeepAlive(file);
        return result == 0 ? Decode(buffer) : throw Failure(Marshal.GetLastPInvokeError(), "look at", path);
    }

    internal static Exception Failure(int error, string action, string path)
    {
        string message = $"Cannot {action} '{path}': {Marshal.GetPInvokeErrorMessage(error)}.";
        return error switch
        {
            NotPermitted or 13 => new UnauthorizedAccessException(message),
            NoEntry => new FileNotFoundException(message, path),
            NotADirectory => new DirectoryNotFoundException(message),
            _ => new IOException(message, error),
        };
    }

    private static Status Decode(ReadOnlySpan<byte> buffer)
    {
        ushort mode = MemoryMarshal.Read<ushort>(buffer[28..]);
        FileKind kind = (mode & 0xF000) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Directory,
            0xA000 => FileKind.SymbolicLink,
            0x1000 => FileKind.Pipe,
            0xC000 => FileKind.Socket,
            0x2000 or 0x6000 => FileKind.Device,
            _ => FileKind.Other,
        };
        long length = MemoryMarshal.Read<long>(buffer[40..]);
        uint owner = MemoryMarshal.Read<uint>(buffer[20..]);
        uint group = MemoryMarshal.Read<uint>(buffer[24..]);
        return new Status(new FileStatus(kind, length, (UnixFileMode)(mode & 0xFFF)), owner, group);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int openat(int directory, string path, int flags, uint mode);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int renameat2(int fromDirectory, string from, int toDirectory, string to, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fsync(SafeFileHandle file);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fchown(SafeFileHandle file, uint owner, uint group);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint llistxattr(string path, Span<byte> list, nuint size);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint lgetxattr(string path, string name, Span<byte> value, nuint size);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int fsetxattr(SafeFileHandle file, string name, ReadOnlySpan<byte> value, nuint size, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int fremovexattr(SafeFileHandle file, string name);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int directory, string path, int flags, uint mask, Span<byte> buffer);
}
