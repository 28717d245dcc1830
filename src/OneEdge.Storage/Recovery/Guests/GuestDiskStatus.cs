namespace OneEdge.Storage.Recovery;

/// <summary>What a virtual machine writes to.</summary>
public enum GuestDiskLayer
{
    /// <summary>The machine is off or does not have the disk.</summary>
    None,

    /// <summary><see cref="RecoveryDisk.OverlayFile"/>, as it should be.</summary>
    Overlay,

    /// <summary><see cref="RecoveryDisk.TemporaryFile"/>: a snapshot is being taken, or one was left behind.</summary>
    Temporary,

    /// <summary>Another file.</summary>
    Other,
}

/// <summary>How a disk of a virtual machine stands.</summary>
/// <param name="Layer">Where the guest writes.</param>
/// <param name="Detail">In words, for messages: the state of the machine, or the file.</param>
public sealed record GuestDiskStatus(GuestDiskLayer Layer, string Detail)
{
    /// <summary>The layer to which a file belongs.</summary>
    internal static GuestDiskLayer LayerOf(RecoveryDisk disk, string file)
    {
        string path = Normalize(file, disk);
        if (path == disk.TemporaryFile) return GuestDiskLayer.Temporary;
        return path == disk.OverlayFile || path == disk.File ? GuestDiskLayer.Overlay : GuestDiskLayer.Other;
    }

    /// <summary>A file without doubled slashes, dots, and the link of the <c>.snap</c> directory to itself.</summary>
    internal static string Normalize(string file, RecoveryDisk disk)
    {
        if (!file.StartsWith('/')) return file;
        string path = Path.GetFullPath(file), self = $"{disk.Files.SnapshotDirectory}/{disk.Name}.snap/";
        while (path.StartsWith(self, StringComparison.Ordinal)) path = $"{disk.Files.SnapshotDirectory}/{path[self.Length..]}";
        return path;
    }
}
