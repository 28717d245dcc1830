namespace OneEdge.Storage;

/// <summary>Opens an image and all below it, each file once: a chain that comes back to a file is refused, whatever names it uses.</summary>
internal sealed class ChainOpener(Qcow2OpenOptions options, OperationBudget budget)
{
    private readonly ImageOpener _opener = new(options);
    private readonly HashSet<FileIdentity> _seen = [];
    private readonly List<ImageLayer> _layers = [];
    private readonly TableCache _tables = new(options.Limits.MaxTableBytes);

    /// <summary>Opens the chain below a source.</summary>
    /// <param name="source">The image at the top, taken over also on failure.</param>
    /// <param name="file">How messages name it; relative backing names are joined to its directory.</param>
    /// <param name="format">Its format.</param>
    public ImageChain Open(IBlockSource source, string file, DiskImageFormat format)
    {
        try
        {
            ImageLayer layer = Add(source, file, format);
            while (layer.Info.Header is { BackingFile: not null } header) layer = OpenBacking(layer, header);
            return new ImageChain(_layers, _tables);
        }
        catch
        {
            foreach (ImageLayer layer in _layers) layer.Dispose();
            if (_layers.Count == 0) source.Dispose();
            throw;
        }
    }

    private ImageLayer OpenBacking(ImageLayer overlay, Qcow2Header header)
    {
        budget.Check();
        if (_layers.Count >= options.Limits.MaxChainLength)
        {
            throw new Qcow2Exception(
                StorageErrorCodes.LimitExceeded,
                overlay.File,
                $"the chain has more than {options.Limits.MaxChainLength} images ({nameof(Qcow2Limits)}.{nameof(Qcow2Limits.MaxChainLength)}).");
        }

        BackingReference reference = BackingNames.Read(header, overlay.File);
        bool isJson = reference.FullName != reference.Name && !Path.IsPathRooted(reference.Name);
        FileBlockSource source = OpenBackingFile(reference, overlay, isJson ? Path.GetDirectoryName(overlay.File) : null);
        try
        {
            return Add(source, reference.Name, reference.Format ?? _opener.Guess(source, reference.Name));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private FileBlockSource OpenBackingFile(BackingReference reference, ImageLayer overlay, string? fallbackDirectory)
    {
        try
        {
            return _opener.OpenFile(reference.Name, fallbackDirectory is { Length: > 0 } ? fallbackDirectory : null);
        }
        catch (Qcow2Exception e) when (e.Code is StorageErrorCodes.FileMissing or StorageErrorCodes.NotAFile)
        {
            throw new Qcow2Exception(StorageErrorCodes.BackingMissing, overlay.File, $"its backing file cannot be opened: {e.Message}", innerException: e);
        }
    }

    private ImageLayer Add(IBlockSource source, string file, DiskImageFormat format)
    {
        if (source is FileBlockSource { Identity: { } identity } && !_seen.Add(identity))
            throw new Qcow2Exception(StorageErrorCodes.BackingLoop, _layers[^1].File, $"its backing file '{file}' is an image above it: the chain is a loop.");
        DiskImageInfo info = ImageOpener.Describe(source, file, format);
        if (info.VirtualSize > options.Limits.MaxVirtualSize)
        {
            throw new Qcow2Exception(
                StorageErrorCodes.LimitExceeded,
                file,
                $"the virtual size is {info.VirtualSize} bytes, more than {options.Limits.MaxVirtualSize} "
                + $"({nameof(Qcow2Limits)}.{nameof(Qcow2Limits.MaxVirtualSize)}).");
        }

        ImageLayer layer = format == DiskImageFormat.Raw ? new RawLayer(source, info) : new Qcow2Layer(source, info, OpenDataFile(info), _tables);
        _layers.Add(layer);
        return layer;
    }

    private FileBlockSource? OpenDataFile(DiskImageInfo info)
    {
        Qcow2Header header = info.Header!;
        if (!header.HasExternalDataFile) return null;
        string name = header.DataFile is { Length: > 0 } stored ? stored
            : throw new Qcow2Exception(StorageErrorCodes.DataFile, info.File, "the image keeps its guest data in another file, but does not name it.");
        try
        {
            string? directory = Path.IsPathRooted(name) ? null : Path.GetDirectoryName(info.File);
            return _opener.OpenFile(name, directory is { Length: > 0 } ? directory : null);
        }
        catch (Qcow2Exception e)
        {
            throw new Qcow2Exception(StorageErrorCodes.DataFile, info.File, $"its external data file cannot be opened: {e.Message}", innerException: e);
        }
    }
}
