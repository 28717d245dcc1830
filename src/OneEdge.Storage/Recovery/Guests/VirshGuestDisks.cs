using System.Globalization;
using OneEdge.Commands;

namespace OneEdge.Storage.Recovery;

/// <summary>The disks of machines that libvirt runs, through virsh on their host: the commands of the original, so that both can take turns.</summary>
public sealed class VirshGuestDisks : IGuestDisks
{
    private readonly IRemoteHost _host;
    private readonly VirshOptions _options;

    /// <summary>Names the hypervisor.</summary>
    /// <param name="host">The hypervisor.</param>
    /// <param name="options">How virsh is used; <see langword="null"/> for the defaults.</param>
    public VirshGuestDisks(IRemoteHost host, VirshOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        (_host, _options) = (host, options ?? new VirshOptions());
    }

    /// <inheritdoc/>
    public async Task<GuestDiskStatus> GetStatusAsync(RecoveryDisk disk, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(disk);
        string state = (await RunAsync(_options.Timeout, cancellationToken, "domstate", Domain(disk)).ConfigureAwait(false)).StandardOutput.Trim();
        if (state != "running") return new GuestDiskStatus(GuestDiskLayer.None, $"its state is '{state}'");
        IReadOnlyList<string> files = await ListAsync(disk, cancellationToken).ConfigureAwait(false);
        return Find(disk, files) is { } file ? new GuestDiskStatus(GuestDiskStatus.LayerOf(disk, file), file)
            : new GuestDiskStatus(GuestDiskLayer.None, "it does not have the disk");
    }

    /// <inheritdoc/>
    public async Task<bool> FreezeAsync(RecoveryDisk disk, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(disk);
        IReadOnlyList<string> files = await ListAsync(disk, cancellationToken).ConfigureAwait(false);
        string active = Find(disk, files) ?? throw new StorageException(StorageErrorCodes.GuestDisk,
            $"{disk} is not among the disks of the domain {Domain(disk)}.");
        IEnumerable<string> others = files.Where(file => file != active && file != "-").SelectMany(file => new[] { "--diskspec", Word(file) + ",snapshot=no" });
        string[] words =
        [
            "snapshot-create-as", Domain(disk), "recovery_snap", "--diskspec", $"{Word(active)},file={Word(disk.TemporaryFile)}", .. others, "--disk-only",
                "--atomic", "--no-metadata",
        ];
        // Once begun it cannot be taken back: its end is waited for, so that whoever cancels finds the layer to commit.
        try
        {
            await RunAsync(_options.Timeout, CancellationToken.None, [.. words, "--quiesce"]).ConfigureAwait(false);
            return true;
        }
        catch (HostException e) when (e.Code == StorageErrorCodes.HostCommand && e.ExitCode is not null)
        {
            // Mostly there is no guest agent. --atomic: nothing was done; were something done, the second try would fail.
            await RunAsync(_options.Timeout, CancellationToken.None, words).ConfigureAwait(false);
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task CommitAsync(RecoveryDisk disk, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(disk);
        if (Find(disk, await ListAsync(disk, cancellationToken).ConfigureAwait(false)) is not { } active) return;
        if (GuestDiskStatus.LayerOf(disk, active) != GuestDiskLayer.Temporary) return;
        try
        {
            await RunAsync(
                _options.CommitTimeout, cancellationToken, "blockcommit", Domain(disk), active, "--base", disk.OverlayFile, "--top", active, "--active",
                    "--pivot", "--wait").ConfigureAwait(false);
        }
        catch (HostException e) when (e.ErrorText.Contains("block job", StringComparison.OrdinalIgnoreCase))
        {
            // A commit that was left behind is still there. It is ready and wants its pivot, or it is not and is started again.
            if (!await TryAsync(cancellationToken, "blockjob", Domain(disk), active, "--pivot").ConfigureAwait(false))
            {
                await TryAsync(cancellationToken, "blockjob", Domain(disk), active, "--abort").ConfigureAwait(false);
                await RunAsync(
                    _options.CommitTimeout, cancellationToken, "blockcommit", Domain(disk), active, "--base", disk.OverlayFile, "--top", active, "--active",
                        "--pivot", "--wait").ConfigureAwait(false);
            }
        }

        string? now = Find(disk, await ListAsync(disk, cancellationToken).ConfigureAwait(false));
        if (now is not null && GuestDiskStatus.LayerOf(disk, now) == GuestDiskLayer.Temporary)
            throw new StorageException(StorageErrorCodes.CommitPending, $"{disk} still writes to '{now}' after its commit.");
    }

    private static string Domain(RecoveryDisk disk) => string.Create(CultureInfo.InvariantCulture, $"one-{disk.VmId}");

    // A comma in a value of --diskspec is written twice.
    private static string Word(string file) => file.Replace(",", ",,", StringComparison.Ordinal);

    private static string? Find(RecoveryDisk disk, IReadOnlyList<string> files) =>
        files.FirstOrDefault(file => GuestDiskStatus.LayerOf(disk, file) == GuestDiskLayer.Temporary)
        ?? files.FirstOrDefault(file => GuestDiskStatus.LayerOf(disk, file) == GuestDiskLayer.Overlay);

    private async Task<IReadOnlyList<string>> ListAsync(RecoveryDisk disk, CancellationToken cancellationToken) =>
        DomainBlocks.Parse((await RunAsync(_options.Timeout, cancellationToken, "domblklist", Domain(disk)).ConfigureAwait(false)).StandardOutput);

    private async Task<bool> TryAsync(CancellationToken cancellationToken, params string[] words)
    {
        try
        {
            await RunAsync(_options.CommitTimeout, cancellationToken, words).ConfigureAwait(false);
            return true;
        }
        catch (HostException e) when (e.Code == StorageErrorCodes.HostCommand)
        {
            return false;
        }
    }

    private Task<CommandResult> RunAsync(TimeSpan timeout, CancellationToken cancellationToken, params string[] words) =>
        _host.RunAsync(new HostScript("virsh", "exec \"$@\"", [_options.Program, "--connect", _options.Connection, .. words]) { Timeout = timeout },
            cancellationToken);
}
