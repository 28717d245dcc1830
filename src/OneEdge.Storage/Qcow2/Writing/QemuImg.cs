using System.Globalization;
using System.Text.Json;
using OneEdge.Commands;

namespace OneEdge.Storage;

/// <summary>
/// What this library leaves to the program <c>qemu-img</c>: everything that writes guest data of images that are there already. Names are given to it as
/// absolute paths, so
/// that none is taken for an option or a protocol.
/// </summary>
/// <param name="runner">Runs it.</param>
/// <param name="program">The program: a name to be found on PATH, or a path.</param>
public sealed class QemuImg(ICommandRunner runner, string program = "qemu-img")
{
    private readonly ICommandRunner _runner = runner ?? throw new ArgumentNullException(nameof(runner));

    /// <summary>
    /// Writes what an overlay has to its backing file, which grows when it is smaller, and empties the overlay. When this is cancelled the backing file
    /// has a part of it; the
    /// overlay still has everything, so the guest sees the same.
    /// </summary>
    /// <param name="overlay">The overlay.</param>
    /// <param name="keepsOverlay">Whether the overlay keeps its data, which saves time when it is to be deleted.</param>
    /// <param name="cancellationToken">Stops the program.</param>
    /// <exception cref="StorageException">The program failed; the message has what it said.</exception>
    /// <exception cref="OneEdgeException">There is no such program.</exception>
    public Task CommitAsync(string overlay, bool keepsOverlay = false, CancellationToken cancellationToken = default) =>
        RunAsync("commit", overlay, ["-q", "-f", "qcow2", .. keepsOverlay ? (string[])["-d"] : []], [FullPath(overlay)], cancellationToken);

    /// <summary>
    /// Changes the backing file of an overlay so that the guest sees the same: what differs is copied to the overlay first. See <see
    /// cref="Qcow2Image.RebaseUnsafeAsync"/> for
    /// changing the name alone.
    /// </summary>
    /// <param name="overlay">The overlay.</param>
    /// <param name="backing">The new name as the overlay records it; <see langword="null"/> for none, which copies everything.</param>
    /// <param name="backingFormat">The format of the new backing file.</param>
    /// <inheritdoc cref="CommitAsync" path="/param[@name='cancellationToken']|/exception"/>
    /// <param name="cancellationToken">Stops the program; the guest sees the same, and the overlay may be larger.</param>
    public Task RebaseAsync(
        string overlay, string? backing, DiskImageFormat backingFormat = DiskImageFormat.Qcow2, CancellationToken cancellationToken = default)
    {
        if (backing is not null) CheckName(backing, overlay);
        string[] format = backing is null ? [] : ["-F", Name(backingFormat)];
        return RunAsync("rebase", overlay, ["-q", "-f", "qcow2", "-b", backing ?? "", .. format], [FullPath(overlay)], cancellationToken);
    }

    /// <summary>Repairs an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="leaksOnly">Whether only space that nobody uses is given back; otherwise errors are repaired too, which can lose data.</param>
    /// <param name="cancellationToken">Stops the program.</param>
    /// <returns>What was repaired, and what is left.</returns>
    /// <inheritdoc cref="CommitAsync" path="/exception"/>
    public async Task<QemuRepairResult> RepairAsync(string image, bool leaksOnly = false, CancellationToken cancellationToken = default)
    {
        const int CorruptionsLeft = 2, LeaksLeft = 3;
        string[] options = ["-f", "qcow2", "--output=json", "-r", leaksOnly ? "leaks" : "all"];
        Task<CommandResult> run = RunAsync("check", image, options, [FullPath(image)], cancellationToken, 0, CorruptionsLeft, LeaksLeft);
        CommandResult result = await run.ConfigureAwait(false);
        try
        {
            using var json = JsonDocument.Parse(result.StandardOutput);
            long Number(string name) => json.RootElement.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : 0;
            return new QemuRepairResult(Number("corruptions-fixed"), Number("leaks-fixed"), Number("corruptions") + Number("check-errors"), Number("leaks"));
        }
        catch (JsonException e)
        {
            throw new StorageException(StorageErrorCodes.QemuImgFailed, $"qemu-img check says nothing that can be read of '{image}': {e.Message}", e);
        }
    }

    /// <summary>
    /// Copies what the guest sees of an image to a new file, which is overwritten when it is there, and half written when this fails.
    /// <see cref="Qcow2Image.FlattenAsync"/> does the same for qcow2 images, and never leaves a half.
    /// </summary>
    /// <param name="source">The image.</param>
    /// <param name="sourceFormat">Its format.</param>
    /// <param name="target">The new file.</param>
    /// <param name="targetFormat">The format of the new file.</param>
    /// <param name="compresses">Whether clusters are compressed; for qcow2 only.</param>
    /// <inheritdoc cref="CommitAsync" path="/param[@name='cancellationToken']|/exception"/>
    /// <param name="cancellationToken">Stops the program.</param>
    public Task ConvertAsync(
        string source,
        DiskImageFormat sourceFormat,
        string target,
        DiskImageFormat targetFormat,
        bool compresses = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        string[] compress = compresses ? ["-c"] : [];
        string[] options = ["-q", "-f", Name(sourceFormat), "-O", Name(targetFormat), .. compress];
        return RunAsync("convert", source, options, [FullPath(source), FullPath(target)], cancellationToken);
    }

    /// <summary>Changes the virtual size of an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="virtualSize">The new size in bytes.</param>
    /// <param name="format">The format of the image.</param>
    /// <param name="shrinks">Whether it may become smaller, which loses what lies behind the new end.</param>
    /// <param name="cancellationToken">Stops the program.</param>
    /// <inheritdoc cref="CommitAsync" path="/exception"/>
    public Task ResizeAsync(
        string image, long virtualSize, DiskImageFormat format = DiskImageFormat.Qcow2, bool shrinks = false, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(virtualSize);
        string[] shrink = shrinks ? ["--shrink"] : [];
        string size = virtualSize.ToString(CultureInfo.InvariantCulture);
        return RunAsync("resize", image, ["-q", "-f", Name(format), .. shrink], [FullPath(image), size], cancellationToken);
    }

    private static string Name(DiskImageFormat format) => format == DiskImageFormat.Raw ? "raw" : "qcow2";

    private static string FullPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetFullPath(path);
    }

    // A name that means a protocol would be opened over the network.
    private static void CheckName(string backing, string overlay)
    {
        ArgumentException.ThrowIfNullOrEmpty(backing);
        _ = BackingNames.Read(OverlayPlanner.Naming(backing, DiskImageFormat.Qcow2), overlay);
    }

    private async Task<CommandResult> RunAsync(
        string action, string image, IEnumerable<string> options, IEnumerable<string> files, CancellationToken cancellationToken, params int[] accepted)
    {
        var command = new CommandSpec(program, [action, .. options, "--", .. files])
        {
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["LC_ALL"] = "C" },
            AcceptedExitCodes = accepted is [] ? [0] : accepted,
        };
        try
        {
            return await _runner.RunAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (CommandFailedException e)
        {
            const string Prefix = "qemu-img: ";
            string said = string.Join(' ', e.LastErrorLines.Select(line => line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..] : line));
            string why = said.Length > 0 ? said : FormattableString.Invariant($"exit code {e.ExitCode} without a message");
            throw new StorageException(StorageErrorCodes.QemuImgFailed, $"qemu-img {action} failed for '{image}': {why}", e);
        }
    }
}
