using OneEdge.Files;

namespace OneEdge.Storage;

/// <summary>Finds out what overlays are to be like; each backing file is opened once, however many overlays name it.</summary>
internal sealed class OverlayPlanner(Qcow2OverlayOptions options, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, (long Size, IReadOnlyList<FileIdentity> Files)> _bases = new(StringComparer.Ordinal);
    private readonly Dictionary<long, NewImageLayout> _layouts = [];

    /// <summary>An overlay that can be written.</summary>
    /// <param name="Path">Its full name.</param>
    /// <param name="Name">How messages name it.</param>
    /// <param name="Layout">Where its parts lie.</param>
    /// <param name="Header">Its first bytes.</param>
    public sealed record Plan(string Path, string Name, NewImageLayout Layout, byte[] Header);

    /// <summary>Plans an overlay.</summary>
    /// <exception cref="StorageException">Its backing file cannot be opened, or is the overlay itself.</exception>
    public Plan Of(Qcow2NewOverlay overlay)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(overlay.Path, nameof(overlay));
        ArgumentException.ThrowIfNullOrEmpty(overlay.Backing, nameof(overlay));
        string path = FullPath(overlay.Path, options.Open);
        long size = options.VirtualSize ?? 0;
        if (options.OpensBacking)
        {
            (long baseSize, IReadOnlyList<FileIdentity> files) = Base(overlay);
            if (options.Create.Overwrites && Identity(path) is { } identity && files.Contains(identity))
                throw new Qcow2Exception(StorageErrorCodes.BackingLoop, overlay.Path, "the new image would take the place of a file below it.");
            if (options.Create is { Overwrites: true, DataFile: { } data } && Identity(NewDataFile.PathOf(path, data)) is { } other && files.Contains(other))
                throw new Qcow2Exception(StorageErrorCodes.BackingLoop, overlay.Path, $"its data file '{data}' would take the place of a file below it.");
            size = options.VirtualSize ?? baseSize;
        }

        NewImageLayout layout = Layout(size);
        return new Plan(path, overlay.Path, layout, layout.Header(overlay.Path, overlay.Backing, options.BackingFormat));
    }

    /// <summary>The full name of a file that is named relative to the working directory.</summary>
    public static string FullPath(string path, Qcow2OpenOptions open) =>
        open.WorkingDirectory is { } directory ? Path.GetFullPath(path, Path.GetFullPath(directory)) : Path.GetFullPath(path);

    /// <summary>A virtual size as images have it.</summary>
    public static long RoundUp(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, long.MaxValue - HeaderFields.SectorSize);
        return (size + HeaderFields.SectorSize - 1) & ~(HeaderFields.SectorSize - 1L);
    }

    /// <summary>A header that only names a backing file, for those who read such names.</summary>
    public static Qcow2Header Naming(string backing, DiskImageFormat format) => new()
    {
        Version = 3,
        ClusterBits = HeaderFields.MaxClusterBits,
        VirtualSize = 0,
        L1Size = 0,
        L1TableOffset = 0,
        RefcountTableOffset = 0,
        RefcountTableClusters = 1,
        HeaderLength = HeaderFields.Version3Length,
        BackingFile = backing,
        BackingFormat = format == DiskImageFormat.Raw ? "raw" : "qcow2",
    };

    /// <summary>Every file that a chain has open.</summary>
    public static IEnumerable<FileIdentity> Files(ImageChain chain) =>
        chain.Layers.SelectMany(layer => (IBlockSource[])[layer.Source, layer.Data])
            .Select(source => (source as FileBlockSource)?.Identity).OfType<FileIdentity>();

    /// <summary>Which regular file has a name; <see langword="null"/> when there is none, or the system does not tell.</summary>
    public static FileIdentity? Identity(string path)
    {
        if (LocalFileStore.Instance.GetStatus(path) is not { Kind: FileKind.Regular }) return null;
        using FileBlockSource file = FileBlockSource.Open(path, path, takesLock: false);
        return file.Identity;
    }

    private NewImageLayout Layout(long size)
    {
        size = RoundUp(size);
        if (!_layouts.TryGetValue(size, out NewImageLayout? layout)) _layouts.Add(size, layout = NewImageLayout.Plan(size, options.Create));
        return layout;
    }

    private (long Size, IReadOnlyList<FileIdentity> Files) Base(Qcow2NewOverlay overlay)
    {
        BackingReference reference = BackingNames.Read(Naming(overlay.Backing, options.BackingFormat), overlay.Path);
        if (_bases.TryGetValue(reference.FullName, out (long, IReadOnlyList<FileIdentity>) known)) return known;
        bool isJson = reference.FullName != reference.Name && !Path.IsPathRooted(reference.Name);
        string? directory = isJson && Path.GetDirectoryName(overlay.Path) is { Length: > 0 } named ? named : null;
        FileBlockSource source = new ImageOpener(options.Open).OpenFile(reference.Name, directory);
        var opener = new ChainOpener(options.Open, new OperationBudget(options.Open, cancellationToken));
        using ImageChain chain = opener.Open(source, reference.Name, reference.Format ?? options.BackingFormat);
        known = (chain.Top.VirtualSize, [.. Files(chain)]);
        _bases.Add(reference.FullName, known);
        return known;
    }
}
