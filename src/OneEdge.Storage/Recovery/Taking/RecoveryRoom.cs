namespace OneEdge.Storage.Recovery;

/// <summary>Whether there is room for a snapshot, found before anything is done to the guest.</summary>
internal static class RecoveryRoom
{
    // A layer has tables also where the guest writes every byte: 8 bytes for a cluster, and refcounts.
    private const long Tables = 1 << 20;

    /// <summary>Whether the hypervisor has room for the temporary layer and its commit.</summary>
    /// <exception cref="StorageException">It has not.</exception>
    public static void CheckHypervisor(RecoveryDisk disk, long virtualSize, RecoveryOptions options)
    {
        long most = virtualSize > long.MaxValue / 4 ? long.MaxValue : (2 * virtualSize) + Tables, needed = Math.Min(options.HypervisorReserve, most);
        if (needed <= 0) return;
        long free = new DriveInfo(disk.Files.SnapshotDirectory).AvailableFreeSpace;
        if (free < needed) throw None(disk, "the hypervisor", disk.Files.SnapshotDirectory, free, needed, nameof(RecoveryOptions.HypervisorReserve));
    }

    /// <summary>Whether the replica has room for a copy.</summary>
    /// <returns>How much is needed; <see langword="null"/> when there is room.</returns>
    public static long? Missing(long free, long copied, RecoveryOptions options) =>
        options.ReplicaReserve >= 0 && free - copied < options.ReplicaReserve ? copied + options.ReplicaReserve : null;

    public static StorageException None(RecoveryDisk disk, string host, string directory, long free, long needed, string option) => new(
        StorageErrorCodes.RecoveryNoRoom,
        FormattableString.Invariant($"No snapshot was taken of {disk}, and its guest was left alone: {host} has {free} bytes free in '{directory}', ")
        + FormattableString.Invariant($"and {needed} are needed ({nameof(RecoveryOptions)}.{option})."));
}
