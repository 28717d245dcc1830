using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

/// <summary>Guests without a machine: layers made and committed by qemu-img, writes by qemu-io. Faults on demand.</summary>
internal sealed class ImageGuests(QemuImages images) : IGuestDisks
{
    private readonly HashSet<string> _frozen = [];

    /// <summary>What happens while the image stands still, before the copy.</summary>
    public Func<RecoveryDisk, Task>? OnFrozen { get; set; }

    public Func<RecoveryDisk, Exception?> FailStatus { get; set; } = _ => null;

    public Exception? FailFreeze { get; set; }

    public Exception? FailCommit { get; set; }

    public bool IsRunning { get; set; } = true;

    public bool Quiesces { get; set; }

    public int Commits { get; private set; }

    public bool IsFrozen(RecoveryDisk disk) => _frozen.Contains(disk.File);

    public void Write(RecoveryDisk disk, params string[] commands) => images.Io(IsFrozen(disk) ? disk.TemporaryFile : disk.OverlayFile, commands);

    public Task<GuestDiskStatus> GetStatusAsync(RecoveryDisk disk, CancellationToken cancellationToken = default)
    {
        if (FailStatus(disk) is { } error) throw error;
        if (!IsRunning) return Task.FromResult(new GuestDiskStatus(GuestDiskLayer.None, "its state is 'shut off'"));
        return Task.FromResult(IsFrozen(disk) ? new GuestDiskStatus(GuestDiskLayer.Temporary, disk.TemporaryFile)
            : new GuestDiskStatus(GuestDiskLayer.Overlay, disk.OverlayFile));
    }

    public async Task<bool> FreezeAsync(RecoveryDisk disk, CancellationToken cancellationToken = default)
    {
        if (FailFreeze is { } error) throw error;
        images.Img("create", "-q", "-f", "qcow2", "-F", "qcow2", "-u", "-b", disk.OverlayFile, disk.TemporaryFile, "8M");
        _frozen.Add(disk.File);
        if (OnFrozen is { } action) await action(disk);
        return Quiesces;
    }

    public Task CommitAsync(RecoveryDisk disk, CancellationToken cancellationToken = default)
    {
        if (!IsFrozen(disk)) return Task.CompletedTask;
        if (FailCommit is { } error) throw error;
        images.Img("commit", "-q", "-d", disk.TemporaryFile);
        _frozen.Remove(disk.File);
        Commits++;
        return Task.CompletedTask;
    }
}
