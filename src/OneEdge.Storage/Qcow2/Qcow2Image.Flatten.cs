namespace OneEdge.Storage;

public sealed partial class Qcow2Image
{
    /// <summary>
    /// Writes what the guest sees, or saw when an internal snapshot was taken, through the whole chain, to a new file that stands alone: the same as
    /// <c>qemu-img convert</c>. Zeroes are left out in units of 4 KiB. The new file has its name only when it is complete; this image and those below it are
    /// only read.
    /// </summary>
    /// <param name="target">The new file; its directory exists.</param>
    /// <param name="options">What the copy is like; <see langword="null"/> for qcow2 and the defaults.</param>
    /// <param name="progress">Is told now and then how far the copy is, one call at a time, from threads of the pool.</param>
    /// <param name="cancellationToken">Stops the copy; nothing is left of it.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ArgumentException">The options contradict each other, or the virtual size does not fit them.</exception>
    /// <exception cref="Qcow2Exception">An image of the chain is corrupt or encrypted.</exception>
    /// <exception cref="StorageException">There is such a file already, it cannot be written, or the time of the options is up.</exception>
    public Task<Qcow2FlattenProgress> FlattenAsync(
        string target, Qcow2FlattenOptions? options = null, IProgress<Qcow2FlattenProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        Qcow2FlattenOptions used = options ?? Qcow2FlattenOptions.Default;
        used.Validate(nameof(options));
        if (used.Snapshot is { } snapshot && !Info.Snapshots.Contains(snapshot))
            throw new ArgumentException("The snapshot is not one of this image.", nameof(options));
        return Task.Run(() => FlattenWatched(target, used, progress, cancellationToken), cancellationToken);
    }

    private Qcow2FlattenProgress FlattenWatched(
        string target, Qcow2FlattenOptions options, IProgress<Qcow2FlattenProgress>? progress, CancellationToken cancellationToken)
    {
        using StorageWatch watch = StorageWatch.Start("storage.flatten", _options.TimeProvider).Tag("file.path", target);
        Qcow2FlattenProgress done = watch.Run(() => Flatten(target, options, progress, cancellationToken));
        watch.Tag("oneedge.storage.written", done.BytesWritten);
        return done;
    }

    private Qcow2FlattenProgress Flatten(
        string target, Qcow2FlattenOptions options, IProgress<Qcow2FlattenProgress>? progress, CancellationToken cancellationToken)
    {
        if (BackingChain.FirstOrDefault(image => image.IsEncrypted) is { } encrypted)
            throw new Qcow2Exception(StorageErrorCodes.Encrypted, encrypted.File, "the guest data is encrypted, which is not read here.");
        string path = Path.GetFullPath(target);
        if (OverlayPlanner.Identity(path) is { } identity && OverlayPlanner.Files(_chain).Contains(identity))
            throw new Qcow2Exception(StorageErrorCodes.NotPossible, target, "the copy would take the place of a file that it is made from.");
        var budget = new OperationBudget(_options, cancellationToken);
        GuestMap map = options.Snapshot is { } snapshot ? MapOf(snapshot) : new GuestMap(_chain.Layers);
        var meter = new FlattenMeter(map.Length, progress, _options.TimeProvider);
        using StagedFile file = StagedFile.Create(path, target, options.Create.Overwrites);
        GuestReader[] readers = FlattenWork.ForEachWorker(() => new GuestReader(map, budget));
        try
        {
            Copy(map, readers, file, options, meter, budget);
        }
        finally
        {
            foreach (GuestReader reader in readers) reader.Dispose();
        }

        if (options.IsDurable) file.Flush();
        cancellationToken.ThrowIfCancellationRequested();
        file.Publish();
        if (options.IsDurable) StagedFile.FlushDirectory(file.Directory);
        return meter.Finish();
    }

    private static void Copy(
        GuestMap map, GuestReader[] readers, StagedFile file, Qcow2FlattenOptions options, FlattenMeter meter, OperationBudget budget)
    {
        if (options.Format == DiskImageFormat.Raw)
        {
            new RawFlattener(map, readers, file, meter, budget).Run();
            return;
        }

        using var flattener = new Qcow2Flattener(map, readers, file, options, meter, budget);
        flattener.Run();
    }
}
