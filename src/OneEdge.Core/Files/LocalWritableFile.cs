using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OneEdge.Files;

internal sealed class LocalWritableFile(FileStream stream) : IWritableFile
{
    private const string AccessList = "system.posix_acl_access";
    private const uint Unchanged = uint.MaxValue;
    private const UnixFileMode GroupMode = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    private SafeFileHandle Handle => stream.SafeFileHandle;

    public void Write(ReadOnlySpan<byte> content) => stream.Write(content);

    public void Flush() => stream.Flush(flushToDisk: true);

    public void CopyMetadata(string path)
    {
        if (OperatingSystem.IsLinux()) CopyLinuxMetadata(path);
        else if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Handle, File.GetUnixFileMode(path));
    }

    public void TakeOwnership(string directory)
    {
        if (!OperatingSystem.IsLinux() || LinuxNative.TryGetStatus(directory) is not { } wanted) return;
        LinuxNative.Status own = LinuxNative.GetStatus(Handle, stream.Name);
        if (own.Owner == wanted.Owner && own.Group == wanted.Group) return;
        // Others than root may at most choose among their groups.
        if (LinuxNative.fchown(Handle, wanted.Owner, wanted.Group) != 0) _ = LinuxNative.fchown(Handle, Unchanged, wanted.Group);
    }

    public void Dispose() => stream.Dispose();

    [SupportedOSPlatform("linux")]
    private void CopyLinuxMetadata(string path)
    {
        if (LinuxNative.TryGetStatus(path) is not { } original)
            throw new FileNotFoundException($"Cannot keep the owner and permissions of '{path}': it has vanished.", path);
        LinuxNative.Status own = LinuxNative.GetStatus(Handle, stream.Name);
        UnixFileMode mode = original.File.Mode;
        bool foreign = own.Owner != original.Owner || own.Group != original.Group;
        if (foreign && LinuxNative.fchown(Handle, original.Owner, original.Group) != 0)
        {
            // Others than root may at most choose among their groups. Set-user-ID must not move to another owner.
            mode &= ~UnixFileMode.SetUser;
            bool keptGroup = own.Group == original.Group || LinuxNative.fchown(Handle, Unchanged, original.Group) == 0;
            if (!keptGroup) mode = (mode & ~(GroupMode | UnixFileMode.SetGroup)) | (UnixFileMode)(((int)mode & 7) << 3 & (int)mode);
        }

        // The directory may have given the new file an access list that the original does not have.
        _ = LinuxNative.fremovexattr(Handle, AccessList);
        File.SetUnixFileMode(Handle, mode);
        CopyExtendedAttributes(path, withAccessLists: mode == original.File.Mode);
    }

    [SupportedOSPlatform("linux")]
    private void CopyExtendedAttributes(string path, bool withAccessLists)
    {
        byte[] names = ReadGrowing(buffer => LinuxNative.llistxattr(path, buffer, (nuint)buffer.Length));
        foreach (string name in Encoding.UTF8.GetString(names).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!withAccessLists && name == AccessList) continue;
            byte[] value = ReadGrowing(buffer => LinuxNative.lgetxattr(path, name, buffer, (nuint)buffer.Length));
            // Best effort: security labels and trusted attributes need rights that most processes do not have.
            _ = LinuxNative.fsetxattr(Handle, name, value, (nuint)value.Length, 0);
        }
    }

    [SupportedOSPlatform("linux")]
    private static byte[] ReadGrowing(Func<byte[], nint> read)
    {
        const int OutOfRange = 34;
        for (int size = 1024; size <= 1 << 20; size *= 4)
        {
            byte[] buffer = new byte[size];
            nint length = read(buffer);
            if (length >= 0) return buffer[..(int)length];
            if (Marshal.GetLastPInvokeError() != OutOfRange) return [];
        }

        return [];
    }
}
