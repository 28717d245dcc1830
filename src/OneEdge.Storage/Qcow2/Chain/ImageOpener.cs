using OneEdge.Files;

namespace OneEdge.Storage;

/// <summary>Opens files by the names that users and images give them.</summary>
internal sealed class ImageOpener(Qcow2OpenOptions options)
{
    /// <summary>Opens a file by a name relative to the working directory.</summary>
    /// <param name="name">The name, which is also how messages name the file.</param>
    /// <param name="fallbackDirectory">The directory for a relative name when the options set none; <see langword="null"/> for that of the process.</param>
    public FileBlockSource OpenFile(string name, string? fallbackDirectory = null)
    {
        if (name.Contains('\0', StringComparison.Ordinal)) throw new Qcow2Exception(
            StorageErrorCodes.FileMissing, name.Replace("\0", "\\0", StringComparison.Ordinal), "the name contains NUL.");
        string? directory = options.WorkingDirectory ?? fallbackDirectory;
        string path = directory is null ? name : Path.Combine(directory, name);
        if (options.MapPath is { } map) path = map(path);
        return FileBlockSource.Open(options.Root is { } root ? Confined(path, root, name) : path, name, takesLock: !options.IgnoresLocks);
    }

    /// <summary>Reads what is known of an image without its backing file and its tables.</summary>
    public static DiskImageInfo Describe(IBlockSource source, string file, DiskImageFormat format)
    {
        long? actualSize = source is FileBlockSource { AllocatedBytes: var allocated } ? allocated : null;
        if (format == DiskImageFormat.Raw)
        {
            return new DiskImageInfo { File = file, Format = format, VirtualSize = RoundUp(source.Length), ActualSize = actualSize, FileSize = source.Length };
        }

        Qcow2Header header = HeaderReader.Read(source, file);
        LuksHeader? luks = LuksHeaderReader.Read(source, header, file, out _, out _);
        IReadOnlyList<Qcow2Bitmap> bitmaps = BitmapDirectoryReader.Read(source, header, file, out _, out _);
        return new DiskImageInfo
        {
            File = file,
            Format = format,
            VirtualSize = header.VirtualSize,
            ActualSize = actualSize,
            FileSize = source.Length,
            FullBackingFile = header.BackingFile is { } stored ? BackingNames.FullName(stored, file) : null,
            Header = header,
            Luks = luks,
            Bitmaps = bitmaps,
            Snapshots = SnapshotTableReader.Read(source, header, file, out _),
        };
    }

    /// <summary>The format of a backing file of which nobody says it.</summary>
    public DiskImageFormat Guess(IBlockSource source, string file)
    {
        if (!HeaderReader.IsQcow2(source)) return DiskImageFormat.Raw;
        return options.ProbesFormats ? DiskImageFormat.Qcow2 : throw new Qcow2Exception(
            StorageErrorCodes.BackingFormat,
            file,
            "this looks like qcow2, but the image above does not say so, and a guest could have written it on a raw disk. "
            + $"Give the image above a backing format, or set {nameof(Qcow2OpenOptions)}.{nameof(Qcow2OpenOptions.ProbesFormats)} when you trust it.");
    }

    private static long RoundUp(long length) => length > long.MaxValue - HeaderFields.SectorSize ? length : (length + HeaderFields.SectorSize - 1) & ~(
        HeaderFields.SectorSize - 1L);

    private static string Confined(string path, string root, string name)
    {
        string full = Path.IsPathRooted(path) ? path : Path.Combine(Path.GetFullPath("."), path);
        string prefix = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)) + "/";
        if (OperatingSystem.IsWindows()) (full, prefix) = (full.Replace('\\', '/'), prefix.Replace('\\', '/'));
        try
        {
            if (full.StartsWith(prefix, StringComparison.Ordinal)) return new SandboxRoot(root, SandboxLinks.FollowWithinRoot).Resolve(full[prefix.Length..]);
        }
        catch (PathRefusedException e)
        {
            throw new Qcow2Exception(StorageErrorCodes.OutsideRoot, name, $"the name leads out of '{root}': {e.Message}", innerException: e);
        }

        throw new Qcow2Exception(StorageErrorCodes.OutsideRoot, name, $"the name leads out of '{root}'.");
    }
}
