namespace OneEdge.Storage;

public sealed partial class Qcow2Image
{
    /// <summary>
    /// Creates an empty image, as <c>qemu-img create</c> does. It survives a power failure once the task has ended, and is never to be seen half written.
    /// </summary>
    /// <remarks>Its permissions are those that <c>qemu-img</c> gives: readable for everybody and writable for its owner, less the umask.</remarks>
    /// <param name="path">The new file; its directory exists.</param>
    /// <param name="virtualSize">What the guest sees, in bytes; rounded up to a multiple of 512.</param>
    /// <param name="options">What the image is like; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops before the file has its name; nothing is left then.</param>
    /// <exception cref="ArgumentException">The options contradict each other, or the size does not fit them.</exception>
    /// <exception cref="StorageException">There is such a file already, or it cannot be written.</exception>
    public static Task CreateAsync(string path, long virtualSize, Qcow2CreateOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Qcow2CreateOptions used = options ?? Qcow2CreateOptions.Default;
        used.Validate(nameof(options));
        NewImageLayout layout = NewImageLayout.Plan(OverlayPlanner.RoundUp(virtualSize), used);
        byte[] header = layout.Header(path, null, null);
        return Task.Run(() => NewImageWriter.Create(Path.GetFullPath(path), path, layout, header, hasBacking: false, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Creates an empty overlay, as <c>qemu-img create -b</c> does. It survives a power failure once the task has ended, and is never to be seen half written.
    /// </summary>
    /// <param name="path">The new file; its directory exists.</param>
    /// <param name="backing">
    /// The backing file as the overlay records it: relative to the directory of the new image (not to the working directory), absolute, or a <c>json:</c> name.
    /// </param>
    /// <param name="options">Formats, size, and what the image is like; <see langword="null"/> for a qcow2 backing file and the defaults.</param>
    /// <param name="cancellationToken">Stops before the file has its name; nothing is left then.</param>
    /// <exception cref="ArgumentException">The options contradict each other, or the size does not fit them.</exception>
    /// <exception cref="StorageException">
    /// The backing file or one below it is missing, locked or malformed; or there is such a file already; or it cannot be written.
    /// </exception>
    public static Task CreateOverlayAsync(string path, string backing, Qcow2OverlayOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(backing);
        Qcow2OverlayOptions used = Valid(options);
        return Task.Run(
            () =>
            {
                OverlayPlanner.Plan plan = new OverlayPlanner(used, cancellationToken).Of(new Qcow2NewOverlay(path, backing));
                NewImageWriter.Create(plan.Path, plan.Name, plan.Layout, plan.Header, hasBacking: true, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>
    /// Creates many empty overlays at once: each backing file is opened once, and the disk is waited for together. Either all are there in the end, or
    /// none; only with
    /// <see cref="Qcow2CreateOptions.Overwrites"/> files that were already replaced stay so, which the exception says.
    /// </summary>
    /// <param name="overlays">The new files and their backing files; no file twice.</param>
    /// <param name="options">What applies to all of them; <see langword="null"/> for qcow2 backing files and the defaults.</param>
    /// <param name="cancellationToken">Stops between two steps; nothing is left then.</param>
    /// <inheritdoc cref="CreateOverlayAsync(string, string, Qcow2OverlayOptions?, CancellationToken)" path="/exception"/>
    public static Task CreateOverlaysAsync(
        IEnumerable<Qcow2NewOverlay> overlays, Qcow2OverlayOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(overlays);
        Qcow2OverlayOptions used = Valid(options);
        if (used.Create.DataFile is not null) throw new ArgumentException("Several images cannot have one data file.", nameof(options));
        return Task.Run(
            () =>
            {
                var planner = new OverlayPlanner(used, cancellationToken);
                OverlayPlanner.Plan[] plans = [.. overlays.Select(planner.Of)];
                var paths = new HashSet<string>(StringComparer.Ordinal);
                if (Array.Find(plans, plan => !paths.Add(plan.Path)) is { } twice)
                    throw new ArgumentException($"'{twice.Name}' is to be made twice.", nameof(overlays));
                new OverlayBatch(plans, cancellationToken).Run();
            },
            cancellationToken);
    }

    private static Qcow2OverlayOptions Valid(Qcow2OverlayOptions? options)
    {
        Qcow2OverlayOptions used = options ?? Qcow2OverlayOptions.Default;
        used.Create.Validate(nameof(options));
        if (!used.OpensBacking && used.VirtualSize is null)
            throw new ArgumentException("A virtual size is needed when the backing file is not opened.", nameof(options));
        if (used.Create.HasRawDataFile)
            throw new ArgumentException("A raw data file is all that the guest sees; a backing file is not possible.", nameof(options));
        if (used.Create.Preallocation != Qcow2Preallocation.Off && !used.Create.HasExtendedL2)
            throw new ArgumentException("Preallocation would hide the backing file; with extended L2 entries it does not.", nameof(options));
        return used;
    }
}
