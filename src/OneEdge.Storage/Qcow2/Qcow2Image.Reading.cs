namespace OneEdge.Storage;

public sealed partial class Qcow2Image
{
    private const int TargetClusterSize = 65536;

    /// <summary>
    /// What the guest sees through the whole chain, from the first byte to the virtual size. Several streams may be read at once, each by one reader.
    /// </summary>
    /// <returns>A stream that can be read and sought; it is valid as long as the image is open.</returns>
    /// <exception cref="Qcow2Exception">
    /// The guest data of an image of the chain is encrypted; while reading also: a table or compressed data is corrupt.
    /// </exception>
    public Stream OpenGuestStream() => OpenStream(new GuestMap(_chain.Layers));

    /// <summary>What the guest saw when an internal snapshot was taken.</summary>
    /// <param name="snapshot">One of <see cref="DiskImageInfo.Snapshots"/> of this image.</param>
    /// <returns>A stream that can be read and sought; it is valid as long as the image is open.</returns>
    /// <exception cref="Qcow2Exception">The snapshot or the guest data cannot be read.</exception>
    public Stream OpenSnapshotStream(Qcow2Snapshot snapshot) => OpenStream(MapOf(snapshot));

    /// <summary>Finds an internal snapshot as qemu does: by its identifier, else by its name.</summary>
    /// <param name="idOrName">The identifier or the name.</param>
    /// <exception cref="Qcow2Exception">There is none.</exception>
    public Qcow2Snapshot FindSnapshot(string idOrName)
    {
        ArgumentNullException.ThrowIfNull(idOrName);
        string known = Info.Snapshots.Count == 0 ? "is none" : $"are {string.Join(", ", Info.Snapshots.Select(s => $"{s.Id} ({s.Name})"))}";
        return Info.Snapshots.FirstOrDefault(s => s.Id == idOrName) ?? Info.Snapshots.FirstOrDefault(s => s.Name == idOrName)
            ?? throw new Qcow2Exception(
                StorageErrorCodes.SnapshotTable, Info.File, $"there is no snapshot '{idOrName}'; there {known}.");
    }

    /// <summary>Where the parts of the guest are: the rows of <c>qemu-img map</c>.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Rows that cover the virtual size without gaps, in order.</returns>
    /// <exception cref="Qcow2Exception">A table is corrupt.</exception>
    /// <exception cref="StorageException">There are too many rows, or the time is up.</exception>
    public Task<IReadOnlyList<GuestExtent>> MapAsync(CancellationToken cancellationToken = default) => MapAsync(new GuestMap(_chain.Layers), cancellationToken);

    /// <summary>Where the parts of the guest were when an internal snapshot was taken.</summary>
    /// <param name="snapshot">One of <see cref="DiskImageInfo.Snapshots"/> of this image.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <inheritdoc cref="MapAsync(CancellationToken)" path="/returns"/>
    /// <inheritdoc cref="MapAsync(CancellationToken)" path="/exception"/>
    public Task<IReadOnlyList<GuestExtent>> MapAsync(Qcow2Snapshot snapshot, CancellationToken cancellationToken = default) => MapAsync(
        MapOf(snapshot), cancellationToken);

    /// <summary>How much room a copy of what the guest sees takes, without its backing files: the figures of <c>qemu-img measure</c>.</summary>
    /// <param name="target">The format of the copy; qcow2 is one with the default options of qemu.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="Qcow2Exception">A table is corrupt.</exception>
    public Task<Qcow2MeasureResult> MeasureAsync(DiskImageFormat target, CancellationToken cancellationToken = default)
    {
        if (target == DiskImageFormat.Raw) return Task.FromResult(new Qcow2MeasureResult(Info.VirtualSize, Info.VirtualSize));
        return Task.Run(() => Measure(new OperationBudget(_options, cancellationToken)), cancellationToken);
    }

    private Qcow2MeasureResult Measure(OperationBudget budget)
    {
        var sizes = new Qcow2Sizes(TargetClusterSize);
        var map = new GuestMap(_chain.Layers);
        long metadata = sizes.Metadata(map.Length), clusters = 0, offset = 0;
        while (offset < map.Length)
        {
            budget.Check();
            Extent extent = map.Find(offset, map.Length - offset).Extent;
            long end = offset + extent.Length;
            if (extent.IsData)
            {
                // A cluster of the copy that has any data is counted once.
                long first = offset / TargetClusterSize;
                end = Qcow2Sizes.RoundUp(end, TargetClusterSize);
                clusters += (end / TargetClusterSize) - first;
            }

            offset = end;
        }

        long required = metadata + (clusters * TargetClusterSize);
        return new Qcow2MeasureResult(
            required, metadata + Qcow2Sizes.RoundUp(map.Length, TargetClusterSize), Info.Header!.Version > 2 ? sizes.Bitmaps(Info.Bitmaps, map.Length) : null);
    }

    private GuestStream OpenStream(GuestMap map)
    {
        if (BackingChain.FirstOrDefault(info => info.IsEncrypted) is { } encrypted)
            throw new Qcow2Exception(StorageErrorCodes.Encrypted, encrypted.File, "the guest data is encrypted; it is not read here.");
        return new GuestStream(new GuestReader(map, new OperationBudget(Qcow2OpenOptions.Default, CancellationToken.None)));
    }

    private Task<IReadOnlyList<GuestExtent>> MapAsync(GuestMap map, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<GuestExtent>>(
            () => GuestMapRows.Read(map, _options.Limits.MaxItems, new OperationBudget(_options, cancellationToken)), cancellationToken);

    private GuestMap MapOf(Qcow2Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (!Info.Snapshots.Contains(snapshot)) throw new ArgumentException("The snapshot is not one of this image.", nameof(snapshot));
        return new GuestMap(_chain.Layers, ClusterTable.OfSnapshot((Qcow2Layer)_chain.Top, snapshot, _chain.Tables));
    }
}
