namespace OneEdge.Storage;

/// <summary>What is known of an image without its backing file and its tables.</summary>
public sealed record DiskImageInfo
{
    /// <summary>The image, as it was named.</summary>
    public required string File { get; init; }

    /// <summary>The format.</summary>
    public required DiskImageFormat Format { get; init; }

    /// <summary>What the guest sees, in bytes.</summary>
    public required long VirtualSize { get; init; }

    /// <summary>How many bytes the file takes on its file system; <see langword="null"/> when the source does not tell.</summary>
    public long? ActualSize { get; init; }

    /// <summary>The length of the file, in bytes.</summary>
    public required long FileSize { get; init; }

    /// <summary>The name of the backing file with the directory from which it is resolved, as qemu joins them; <see langword="null"/> without one.</summary>
    public string? FullBackingFile { get; init; }

    /// <summary>The header; <see langword="null"/> for a raw image.</summary>
    public Qcow2Header? Header { get; init; }

    /// <summary>The internal snapshots in the order of the table.</summary>
    public IReadOnlyList<Qcow2Snapshot> Snapshots { get; init; } = [];

    /// <summary>The persistent bitmaps in the order of the directory.</summary>
    public IReadOnlyList<Qcow2Bitmap> Bitmaps { get; init; } = [];

    /// <summary>The LUKS header; <see langword="null"/> unless the image is encrypted with it.</summary>
    public LuksHeader? Luks { get; init; }

    /// <summary>The name of the backing file as it is stored; <see langword="null"/> without one.</summary>
    public string? BackingFile => Header?.BackingFile;

    /// <summary>Whether guest data is encrypted.</summary>
    public bool IsEncrypted => Header is { EncryptionMethod: not Qcow2EncryptionMethod.None };

    /// <summary>Reads what is known of an image; neither its backing file nor its data file need be there.</summary>
    /// <param name="path">The image file.</param>
    /// <param name="format">
    /// The format; <see langword="null"/> to look at the content, which is for people who ask: a guest can make a raw disk look like qcow2.
    /// </param>
    /// <param name="options">How to open it; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops before the file is read.</param>
    /// <exception cref="Qcow2Exception">The image is missing, malformed or refused.</exception>
    public static Task<DiskImageInfo> ReadAsync(
        string path, DiskImageFormat? format = DiskImageFormat.Qcow2, Qcow2OpenOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.Run(
            () =>
            {
                using FileBlockSource source = new ImageOpener(options ?? Qcow2OpenOptions.Default).OpenFile(path);
                return ImageOpener.Describe(source, path, format ?? (HeaderReader.IsQcow2(source) ? DiskImageFormat.Qcow2 : DiskImageFormat.Raw));
            },
            cancellationToken);
    }

    /// <summary>The same as JSON: the names and values of <c>qemu-img info --output=json</c>.</summary>
    /// <param name="indented">Whether for people.</param>
    public string ToJson(bool indented = false) => DiskImageInfoJson.Of(this, indented);

    /// <summary>A chain as JSON: an array as of <c>qemu-img info --backing-chain --output=json</c>.</summary>
    /// <param name="chain">The images from the top down.</param>
    /// <param name="indented">Whether for people.</param>
    public static string ToJson(IEnumerable<DiskImageInfo> chain, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(chain);
        return DiskImageInfoJson.Of(chain, indented);
    }
}
