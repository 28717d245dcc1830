using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OneEdge.Files;

/// <summary>What a <see cref="SandboxRoot"/> does with symbolic links below it.</summary>
public enum SandboxLinks
{
    /// <summary>Refuse them.</summary>
    Refuse,

    /// <summary>Follow them as long as they stay below the root.</summary>
    FollowWithinRoot,
}

/// <summary>
/// A directory to which names from an untrusted source are confined. A name cannot leave it by <c>..</c>, by being absolute, by a symbolic link;
/// pipes, sockets and devices are never opened. The root itself is trusted and may be reached through links.
/// </summary>
public sealed class SandboxRoot
{
    private const int MaxNameBytes = 255;
    private const int MaxPathBytes = 4095;
    private const int MaxLinks = 40;

    /// <summary>Names a root.</summary>
    /// <param name="path">The directory; need not exist yet.</param>
    /// <param name="links">What to do with symbolic links below it.</param>
    public SandboxRoot(string path, SandboxLinks links = SandboxLinks.Refuse)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        Links = links;
    }

    /// <summary>The directory, absolute.</summary>
    public string Path { get; }

    /// <summary>What to do with symbolic links below the root.</summary>
    public SandboxLinks Links { get; }

    /// <summary>Resolves a relative name such as <c>etc/one/oned.conf</c>.</summary>
    /// <param name="name">The name, with <c>/</c> between its parts.</param>
    /// <returns>The absolute path, free of links below the root. Nothing need exist there.</returns>
    /// <exception cref="PathRefusedException">The name leaves the root, passes a link that is not allowed, or ends at a special file.</exception>
    public string Resolve(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.StartsWith('/')) throw Outside(name, "an absolute name is not allowed here.");
        return System.IO.Path.Combine([Path, .. ResolveParts(name)]);
    }

    /// <summary>Resolves an absolute name such as <c>/etc/one/oned.conf</c> as if the root were <c>/</c>.</summary>
    /// <param name="name">The name, which begins with <c>/</c>.</param>
    /// <returns>The absolute path, free of links below the root. Nothing need exist there.</returns>
    /// <exception cref="PathRefusedException">The name is not absolute, leaves the root, passes a link, or ends at a special file.</exception>
    public string ResolveAbsolute(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.StartsWith('/')) throw Outside(name, "an absolute name is expected.");
        return Resolve(name.TrimStart('/'));
    }

    /// <summary>Reads a file without ever following a link out of the root or waiting for a pipe.</summary>
    /// <param name="name">The relative name.</param>
    /// <param name="maxBytes">The largest size that is accepted.</param>
    /// <param name="cancellationToken">Stops before reading.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="PathRefusedException">The name is refused, or what it names is no regular file or too large.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    public Task<byte[]> ReadFileAsync(string name, long maxBytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        return Task.Run(() => Read(name, maxBytes), cancellationToken);
    }

    /// <summary>Where a path below the root really leads, following links within the root.</summary>
    internal string ResolveLinks(string path)
    {
        string name = RelativeName(path) ?? throw Outside(path, $"it is not below '{Path}'.");
        return new SandboxRoot(Path, SandboxLinks.FollowWithinRoot).Resolve(name);
    }

    private byte[] Read(string name, long maxBytes)
    {
        string path = Resolve(name);
        if (LocalFileStore.Instance.GetStatus(path) is not { } status) throw new FileNotFoundException($"There is no file '{path}'.", path);
        if (status.Kind != FileKind.Regular) throw LocalFileStore.NotRegular(path, status.Kind);
        if (!OperatingSystem.IsLinux()) return LocalFileStore.Instance.Read(path, maxBytes);
        using SafeFileHandle file = OpenBelow(path);
        return LocalFileStore.ReadAll(file, path, maxBytes);
    }

    // Directory by directory without following links, so that nobody can slip one in after the check.
    [SupportedOSPlatform("linux")]
    private SafeFileHandle OpenBelow(string path)
    {
        SafeFileHandle directory = LocalFileStore.OpenLinux(LinuxNative.CurrentDirectory, Path, LinuxNative.PathOnly | LinuxNative.Directory, Path);
        string[] parts = RelativeName(path)!.Split('/');
        try
        {
            foreach (string part in parts.AsSpan(..^1))
            {
                SafeFileHandle next = OpenIn(directory, part, LinuxNative.PathOnly | LinuxNative.Directory | LinuxNative.NoFollow, path);
                directory.Dispose();
                directory = next;
            }

            return OpenIn(directory, parts[^1], LinuxNative.NoFollow | LinuxNative.NonBlocking, path);
        }
        finally
        {
            directory.Dispose();
        }
    }

    [SupportedOSPlatform("linux")]
    private static SafeFileHandle OpenIn(SafeFileHandle directory, string part, int flags, string path)
    {
        SafeFileHandle handle = LocalFileStore.OpenLinux((int)directory.DangerousGetHandle(), part, flags, path);
        GC.KeepAlive(directory);
        return handle;
    }

    private List<string> ResolveParts(string name)
    {
        CheckName(name);
        var pending = new Stack<string>(name.Split('/').Reverse());
        List<string> resolved = [];
        bool isMissing = false;
        int links = 0;
        while (pending.TryPop(out string? part))
        {
            if (part is "" or ".") continue;
            if (part == "..")
            {
                // Only the target of a link can bring one here.
                if (resolved.Count == 0 || isMissing) throw Outside(name, "a symbolic link leads out of its root.");
                resolved.RemoveAt(resolved.Count - 1);
                continue;
            }

            resolved.Add(part);
            if (isMissing) continue;
            string path = System.IO.Path.Combine([Path, .. resolved]);
            FileStatus? status = LocalFileStore.Instance.GetStatus(path);
            isMissing = status is null;
            if (status?.Kind == FileKind.SymbolicLink)
            {
                if (Links == SandboxLinks.Refuse) throw new PathRefusedException(CoreErrorCodes.SymbolicLink, name, $"'{path}' is a symbolic link.");
                if (++links > MaxLinks) throw new PathRefusedException(CoreErrorCodes.SymbolicLink, name, $"'{path}' is one symbolic link too many.");
                Follow(name, path, pending, resolved);
            }
            else if (status is { } found)
            {
                CheckKind(name, path, found.Kind, isLast: pending.Count == 0);
            }
        }

        return resolved.Count > 0 ? resolved : throw Outside(name, "it names the root itself.");
    }

    private void Follow(string name, string path, Stack<string> pending, List<string> resolved)
    {
        string target = new FileInfo(path).LinkTarget ?? throw Outside(name, $"the symbolic link '{path}' vanished.");
        resolved.RemoveAt(resolved.Count - 1);
        if (target.StartsWith('/'))
        {
            target = RelativeName(target) ?? throw Outside(name, $"the symbolic link '{path}' leads out of '{Path}'.");
            resolved.Clear();
        }

        foreach (string part in target.Split('/').Reverse()) pending.Push(part);
    }

    private string? RelativeName(string path)
    {
        if (Path == "/") return path.TrimStart('/');
        return path.StartsWith(Path, StringComparison.Ordinal) && path.AsSpan(Path.Length) is ['/', ..] ? path[Path.Length..].TrimStart('/') : null;
    }

    private static void CheckKind(string name, string path, FileKind kind, bool isLast)
    {
        if (kind == FileKind.Directory || (isLast && kind == FileKind.Regular)) return;
        string reason = isLast ? "a pipe, socket or device" : "not a directory";
        throw new PathRefusedException(CoreErrorCodes.NotARegularFile, name, $"'{path}' is {reason}.");
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0) throw Outside(name, "the name is empty.");
        if (name.Contains('\0', StringComparison.Ordinal)) throw Outside(name, "it contains NUL.");
        if (name.Length > MaxPathBytes || Encoding.UTF8.GetByteCount(name) > MaxPathBytes) throw Outside(name, "it is too long.");
        if (name.Split('/').Contains("..")) throw Outside(name, "'..' is not allowed.");
        if (name.Split('/').Any(part => Encoding.UTF8.GetByteCount(part) > MaxNameBytes)) throw Outside(name, "a part of it is too long.");
        if (OperatingSystem.IsWindows() && name.AsSpan().ContainsAny('\\', ':')) throw Outside(name, "'\\' and ':' are not allowed.");
    }

    private static PathRefusedException Outside(string name, string reason) => new(CoreErrorCodes.PathOutsideRoot, name, reason);
}
