using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OneEdge.Storage.Recovery;

/// <summary>The snapshots that a replica keeps: read by this process where their directory is, on the replica or mounted, or by scripts on a host. Nothing is
/// written.</summary>
/// <remarks>
/// What a host tells is not believed: no name of it is used, only numbers, of which the paths are made here; headers of images are read and judged here; what
/// is malformed or too long is an error. Tables are walked there by <c>qemu-img check</c>, when nothing leads out of the chain.
/// </remarks>
public sealed class RecoveryStore
{
    private readonly string _root;
    private readonly IRecoveryCatalog _catalog;
    private readonly ILogger _logger;

    /// <summary>Names a store that this process reads.</summary>
    /// <param name="directory">Its directory: <see cref="RecoveryOptions.StoreDirectory"/>, absolute.</param>
    /// <param name="logger">Hears which chain is chosen for a restore, and why others are not.</param>
    public RecoveryStore(string directory = DatastoreLayout.DefaultRecoverySnapshotsDirectory, ILogger<RecoveryStore>? logger = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (!Path.IsPathRooted(directory)) throw new ArgumentException("The directory of the store must be absolute.", nameof(directory));
        _logger = logger ?? NullLogger<RecoveryStore>.Instance;
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _catalog = new LocalCatalog(_root);
    }

    /// <summary>Names a store that a host reads, which has bash, GNU coreutils and qemu-img.</summary>
    /// <param name="host">The replica, or whoever has its directory.</param>
    /// <param name="directory">The directory there: <see cref="RecoveryOptions.StoreDirectory"/>, absolute.</param>
    /// <param name="logger">Hears which chain is chosen for a restore, and why others are not.</param>
    public RecoveryStore(
        IRemoteHost host, string directory = DatastoreLayout.DefaultRecoverySnapshotsDirectory, ILogger<RecoveryStore>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (directory[0] != '/' || directory.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("The directory of the store must be absolute.", nameof(directory));
        _logger = logger ?? NullLogger<RecoveryStore>.Instance;
        _root = directory.TrimEnd('/');
        _catalog = new RemoteCatalog(host, _root);
    }

    /// <summary>Lists the chains of all virtual machines, or of one: by machine and disk, the newest first.</summary>
    /// <param name="vmId">The machine; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The chains; those that cannot be used say why.</returns>
    /// <exception cref="StorageException">The host cannot be reached, or what it tells is malformed.</exception>
    public async Task<IReadOnlyList<RecoveryChain>> ListAsync(int? vmId = null, CancellationToken cancellationToken = default)
    {
        List<RecoveryChain> chains = [];
        foreach ((int vm, int disk) in await _catalog.DisksAsync(vmId, cancellationToken).ConfigureAwait(false))
        {
            foreach (RecoveryChain chain in await _catalog.CandidatesAsync(vm, disk, cancellationToken).ConfigureAwait(false))
                chains.Add(chain.Problem is null ? await _catalog.OpenAsync(chain, cancellationToken).ConfigureAwait(false) : chain);
        }

        return chains;
    }

    /// <summary>Finds the newest chain of a disk that is whole, and reads all of it to be sure.</summary>
    /// <param name="vmId">The machine.</param>
    /// <param name="diskId">The disk.</param>
    /// <param name="notBefore">Chains of an earlier moment are left alone: give the start of the machine, where directories of earlier ones may have been left
    /// behind.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="StorageException">There is none (<see cref="StorageErrorCodes.NoRecoveryChain"/>); the message has the problem of each.</exception>
    public async Task<RecoverySelection> FindAsync(int vmId, int diskId, DateTimeOffset? notBefore = null, CancellationToken cancellationToken = default)
    {
        List<RecoveryChain> passed = [];
        foreach (RecoveryChain candidate in await _catalog.CandidatesAsync(vmId, diskId, cancellationToken).ConfigureAwait(false))
        {
            RecoveryChain chain = candidate;
            if (chain.Problem is null && notBefore is { } start && chain.Taken < start)
            {
                chain = chain with
                {
                    Problem = FormattableString.Invariant($"it is from before {start.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, and so of another deployment."),
                };
            }

            if (chain.Problem is null) chain = await _catalog.OpenAsync(chain, cancellationToken).ConfigureAwait(false);
            if (chain.Problem is null) chain = await _catalog.ReadAsync(chain, cancellationToken).ConfigureAwait(false);
            if (chain.Problem is null)
            {
                RecoveryLog.RestoreChosen(_logger, vmId, diskId, new LogText(chain), passed.Count);
                return new RecoverySelection(chain, passed);
            }

            RecoveryLog.ChainPassedOver(_logger, vmId, diskId, new LogText(chain), new LogText(chain.Problem));
            passed.Add(chain);
        }

        string reasons = passed.Count == 0 ? $"there is no base with a base.1 below '{DatastoreLayout.VmDirectory(_root, vmId)}'."
            : string.Join(" ", passed.Select(chain => $"{chain}: {chain.Problem}"));
        throw new StorageException(StorageErrorCodes.NoRecoveryChain, FormattableString.Invariant($"Disk {diskId} of VM {vmId} cannot be restored: {reasons}"));
    }
}
