namespace OneEdge.Storage.Recovery;

/// <summary>The disks of running virtual machines, as far as recovery snapshots need them: who writes where, and a layer on top for a while.</summary>
public interface IGuestDisks
{
    /// <summary>Looks at a disk.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StorageException">The hypervisor does not answer.</exception>
    Task<GuestDiskStatus> GetStatusAsync(RecoveryDisk disk, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets the guest write to a new layer, <see cref="RecoveryDisk.TemporaryFile"/>, so that <see cref="RecoveryDisk.OverlayFile"/> no longer changes. Only
    /// this disk is touched.
    /// </summary>
    /// <param name="disk">The disk, whose layer is <see cref="GuestDiskLayer.Overlay"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the layer may be there all the same.</param>
    /// <returns>Whether the guest wrote out its caches first; otherwise the image is as after a power failure.</returns>
    /// <exception cref="StorageException">The layer was not made.</exception>
    Task<bool> FreezeAsync(RecoveryDisk disk, CancellationToken cancellationToken = default);

    /// <summary>
    /// Brings what the guest wrote to the temporary layer into the overlay, and the guest back to it. Finishes work that was left behind, and does nothing
    /// when the guest writes to
    /// the overlay already.
    /// </summary>
    /// <param name="disk">The disk.</param>
    /// <param name="cancellationToken">Stops waiting; call again to finish.</param>
    /// <exception cref="StorageException">The guest still writes to the temporary layer.</exception>
    Task CommitAsync(RecoveryDisk disk, CancellationToken cancellationToken = default);
}
