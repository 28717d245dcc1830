using OneEdge.Storage;

namespace OneEdge.Fuzz.Images;

/// <summary>
/// Everything that is done with one image, and what must hold then. What throws anything but an error of OneEdge is found by who runs it. Where an image has
/// a backing file or a data file, that is memory too: no name that an input has is opened.
/// </summary>
internal sealed class ImageTrial
{
    private const string Name = "image";
    private const string Outside = "/outside";
    private const long OpeningBytes = 32L << 20;
    private const long MaxTablesOfOpening = 64L << 20;
    private const int MaxSnapshots = 1;

    private readonly byte[] _input;
    private readonly SparseSource _source;
    private readonly Qcow2OpenOptions _options;

    public ImageTrial(byte[] input)
    {
        (_input, _source) = (input, new SparseSource(input));
        // A step is mostly one table; larger tables, fewer steps.
        Span<byte> bits = stackalloc byte[4];
        _source.Read(20, bits);
        int steps = 500 >> Math.Clamp(bits[3] - 12, 0, 5);
        _options = new Qcow2OpenOptions
        {
            Root = "/root-of-images",
            MapPath = _ => Outside,
            TimeProvider = new StepClock(),
            Limits = new Qcow2Limits
            {
                MaxTableBytes = 1 << 20,
                MaxCheckBytes = 4 << 20,
                MaxItems = 2000,
                MaxDuration = TimeSpan.FromMilliseconds(steps),
            },
        };
    }

    private OperationBudget Budget => new(_options, CancellationToken.None);

    /// <summary>Does it.</summary>
    /// <returns>Whether the image could be opened.</returns>
    /// <exception cref="OracleException">Something does not hold.</exception>
    public bool Run()
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        StorageException? refusal = Catch(() => ImageOpener.Describe(_source, Name, DiskImageFormat.Qcow2), out DiskImageInfo? info);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        bool isLittle = allocated <= OpeningBytes + (4 * Math.Min(_source.Length, MaxTablesOfOpening));
        OracleException.Check(isLittle, "describing an image takes little memory", () => $"{allocated:N0} bytes");
        // Opening is much the same once more, and the public way of it waits for threads.
        int sample = _input.AsSpan().Count((byte)1);
        if (sample % 16 == 0) CheckOpening(info, refusal, sample % 512 == 0);
        if (info is null) return false;
        if (sample % 8 == 1 && info.Snapshots.Count < 16) ImageViews.Check(info);
        using ImageChain chain = Chain(info);
        Examine(chain, sample);
        return true;
    }

    private static StorageException? Catch<T>(Func<T> act, out T? result)
        where T : class
    {
        result = null;
        try
        {
            result = act();
            return null;
        }
        catch (StorageException e)
        {
            return e;
        }
    }

    private void CheckOpening(DiskImageInfo? info, StorageException? refusal, bool isPublicToo)
    {
        StorageException? opening = Catch(() => new ChainOpener(_options, Budget).Open(_source, Name, DiskImageFormat.Qcow2), out ImageChain? opened);
        opened?.Dispose();
        if (info is null)
        {
            OracleException.Check(opening is not null && (opening.Code, opening.Message) == (refusal!.Code, refusal.Message),
                "an image that cannot be described cannot be opened, for the same reason", () => $"{refusal} but {opening}");
        }
        else
        {
            bool needsFile = info.BackingFile is not null || info.Header!.HasExternalDataFile;
            OracleException.Check(needsFile == opening is not null, "an image opens when it needs no other file, and when it does, that file is refused",
                () => $"{opening}");
        }

        if (isPublicToo) ImagePublicApi.Check(_input, _options, info, opening);
    }

    // The image over, or beside, a file in memory.
    private ImageChain Chain(DiskImageInfo info)
    {
        var tables = new TableCache(_options.Limits.MaxTableBytes);
        List<ImageLayer> layers = [new Qcow2Layer(_source, info, info.Header!.HasExternalDataFile ? new PatternSource(1 << 20) : null, tables)];
        if (info.BackingFile is null) return new ImageChain(layers, tables);
        long size = Math.Min(info.VirtualSize / 2, 1 << 20) & ~511;
        var below = new DiskImageInfo { File = "base", Format = DiskImageFormat.Raw, VirtualSize = size, FileSize = size };
        layers.Add(new RawLayer(new PatternSource(size), below));
        return new ImageChain(layers, tables);
    }

    private void Examine(ImageChain chain, int sample)
    {
        var layer = (Qcow2Layer)chain.Top;
        StorageException? wrong = new GuestTrial(_options, _source).Run(new GuestMap(chain.Layers), out IReadOnlyList<GuestExtent>? rows);
        foreach (Qcow2Snapshot snapshot in chain.Top.Info.Snapshots.Skip(sample % 2).Take(MaxSnapshots))
        {
            StorageException? refused = Catch(() => ClusterTable.OfSnapshot(layer, snapshot, chain.Tables), out ClusterTable? table);
            StorageException? inSnapshot = refused ?? new GuestTrial(_options, _source).Run(new GuestMap(chain.Layers, table), out _);
            if (inSnapshot?.Code is StorageErrorCodes.CorruptTable) wrong = inSnapshot;
        }

        CheckTrial.Run(layer, _options, wrong, rows);
    }
}
