using System.Text.Json;
using OneEdge.Files;

namespace OneEdge.Storage.Recovery;

/// <summary>Reads and writes the state of a disk beside it, on the hypervisor.</summary>
internal static class RecoveryStateFile
{
    private const long MaxBytes = 64 << 10;

    /// <summary>The state. Without a file, or with one that is no state: what the mark of the original tells.</summary>
    public static async Task<RecoveryState> ReadAsync(RecoveryDisk disk, CancellationToken cancellationToken)
    {
        try
        {
            byte[] content = await new SandboxRoot(disk.VmDirectory).ReadFileAsync(Path.GetFileName(disk.Files.State), MaxBytes,
                cancellationToken).ConfigureAwait(false);
            if (JsonSerializer.Deserialize(content, RecoveryJson.Default.RecoveryState) is { Failures: >= 0 } state) return state;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException or PathRefusedException)
        {
            // A lost state costs one snapshot too many at most; the mark is read instead.
        }

        return OfMark(disk);
    }

    /// <summary>Replaces the file; when this returns, the state survives a power failure.</summary>
    public static Task WriteAsync(RecoveryDisk disk, RecoveryState state) =>
        AtomicFile.ReplaceAsync(disk.Files.State, JsonSerializer.SerializeToUtf8Bytes(state, RecoveryJson.Default.RecoveryState), null,
            CancellationToken.None);

    /// <summary>Leaves the mark of the original: an empty file whose time is that of the last snapshot; none without a snapshot.</summary>
    public static void WriteMark(RecoveryDisk disk, DateTimeOffset? lastSuccess)
    {
        File.Delete(disk.TemporaryFile);
        if (lastSuccess is not { } time) return;
        File.WriteAllBytes(disk.TemporaryFile, []);
        File.SetLastWriteTimeUtc(disk.TemporaryFile, time.UtcDateTime);
    }

    // An original that failed leaves the same mark as one that succeeded: this is all that it tells.
    private static RecoveryState OfMark(RecoveryDisk disk)
    {
        var file = new FileInfo(disk.TemporaryFile);
        if (!file.Exists || file.LinkTarget is not null) return RecoveryState.None;
        DateTimeOffset time = new(file.LastWriteTimeUtc);
        return new RecoveryState { LastSuccess = time, LastAttempt = time };
    }
}
