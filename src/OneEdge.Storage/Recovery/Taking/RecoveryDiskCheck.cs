namespace OneEdge.Storage.Recovery;

/// <summary>Tells whether snapshots can be taken of a disk as it lies on the hypervisor.</summary>
internal static class RecoveryDiskCheck
{
    /// <summary>Looks at the files of a disk; the guest may run.</summary>
    /// <returns>The overlay.</returns>
    /// <exception cref="StorageException">No snapshot can be taken; the message says why and what to do.</exception>
    public static async Task<DiskImageInfo> CheckAsync(RecoveryDisk disk, CancellationToken cancellationToken)
    {
        if (new FileInfo(disk.File).LinkTarget is not { } link) throw Refused(disk, await PlainReasonAsync(disk, cancellationToken).ConfigureAwait(false));
        if (link != disk.Files.LinkTarget && link != disk.OverlayFile)
            throw Refused(disk, $"'{disk.File}' leads to '{link}' instead of '{disk.Files.LinkTarget}'.");
        if (!File.Exists(disk.OverlayFile))
            throw Refused(disk, $"'{disk.OverlayFile}' is missing, {await BaseReasonAsync(disk, cancellationToken).ConfigureAwait(false)}");
        DiskImageInfo overlay = await DescribeAsync(disk, disk.OverlayFile, cancellationToken).ConfigureAwait(false);
        CheckOverlay(disk, overlay);
        DiskImageInfo below = await DescribeAsync(disk, disk.BaseFile, cancellationToken).ConfigureAwait(false);
        if (below.Format != DiskImageFormat.Qcow2) throw Refused(disk, RawAdvice(disk.BaseFile));
        return overlay;
    }

    /// <summary>Whether an image is the overlay of a disk: qcow2, on <c>disk.N.snap/base</c>, which is qcow2.</summary>
    public static void CheckOverlay(RecoveryDisk disk, DiskImageInfo info)
    {
        if (ReasonAgainst(disk.Files, info) is { } reason) throw Refused(disk, reason);
    }

    /// <summary>Why an image is not the overlay of a disk; <see langword="null"/> when it is.</summary>
    public static string? ReasonAgainst(DiskFiles files, DiskImageInfo info)
    {
        if (info.Format != DiskImageFormat.Qcow2) return RawAdvice(info.File);
        if (info.BackingFile != files.BackingName)
            return $"the backing file of '{info.File}' is '{info.BackingFile ?? "none"}' instead of '{files.BackingName}'.";
        if (info.Header!.BackingFormat != "qcow2")
            return $"'{info.File}' gives its backing file the format '{info.Header.BackingFormat ?? "none"}' instead of 'qcow2'.";
        return info.Header.HasExternalDataFile ? $"'{info.File}' keeps its data in another file." : null;
    }

    private static async Task<string> PlainReasonAsync(RecoveryDisk disk, CancellationToken cancellationToken)
    {
        if (!File.Exists(disk.File)) return $"'{disk.File}' is missing.";
        DiskImageInfo info = await DescribeAsync(disk, disk.File, cancellationToken).ConfigureAwait(false);
        return info.Format == DiskImageFormat.Raw ? RawAdvice(disk.File)
            : $"'{disk.File}' is an image instead of a link to '{disk.Files.LinkTarget}'. "
                + "Deploy the virtual machine again with RECOVERY_SNAPSHOT_FREQ and REPLICA_HOST set.";
    }

    private static async Task<string> BaseReasonAsync(RecoveryDisk disk, CancellationToken cancellationToken)
    {
        if (!File.Exists(disk.BaseFile)) return "and so is its base.";
        DiskImageInfo info = await DescribeAsync(disk, disk.BaseFile, cancellationToken).ConfigureAwait(false);
        return info.Format == DiskImageFormat.Raw ? RawAdvice(disk.BaseFile) : "though its base is there. Deploy the virtual machine again.";
    }

    private static string RawAdvice(string file) =>
        $"'{file}' is raw; recovery snapshots need qcow2. "
        + "Convert the image (qemu-img convert -O qcow2) and set its driver, or remove RECOVERY_SNAPSHOT_FREQ from the disk.";

    private static async Task<DiskImageInfo> DescribeAsync(RecoveryDisk disk, string file, CancellationToken cancellationToken) =>
        await DiskImageInfo.ReadAsync(file, format: null, new Qcow2OpenOptions { Root = disk.VmDirectory, IgnoresLocks = true },
            cancellationToken).ConfigureAwait(false);

    private static StorageException Refused(RecoveryDisk disk, string reason) =>
        new(StorageErrorCodes.RecoveryLayout, $"No snapshots can be taken of {disk}: {reason}");
}
