using System.Globalization;
using System.Text.Json;
using OneEdge.Files;

namespace OneEdge.Storage.Recovery;

/// <summary>The snapshots that a replica keeps, read where they are: on the replica, or where its file system is mounted. Nothing is written.</summary>
public sealed class RecoveryStore
{
    private const long MaxManifestBytes = 64 << 10;

    private readonly string _root;

    /// <summary>Names the store.</summary>
    /// <param name="directory">Its directory: <see cref="RecoveryOptions.StoreDirectory"/>, absolute.</param>
    public RecoveryStore(string directory = DatastoreLayout.DefaultRecoverySnapshotsDirectory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (!Path.IsPathRooted(directory)) throw new ArgumentException("The directory of the store must be absolute.", nameof(directory));
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
    }

    /// <summary>Lists the chains of all virtual machines, or of one: by machine and disk, the newest first.</summary>
    /// <param name="vmId">The machine; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The chains; those that cannot be used say why.</returns>
    public async Task<IReadOnlyList<RecoveryChain>> ListAsync(int? vmId = null, CancellationToken cancellationToken = default)
    {
        List<RecoveryChain> chains = [];
        foreach (int vm in vmId is { } one ? [one] : StoreNames.Numbers(_root))
        {
            foreach (int disk in StoreNames.Disks(DatastoreLayout.VmDirectory(_root, vm)))
            {
                foreach (RecoveryChain chain in await CandidatesAsync(vm, disk, cancellationToken).ConfigureAwait(false))
                    chains.Add(chain.Problem is null ? await OpenAsync(chain, cancellationToken).ConfigureAwait(false) : chain);
            }
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
        foreach (RecoveryChain candidate in await CandidatesAsync(vmId, diskId, cancellationToken).ConfigureAwait(false))
        {
            RecoveryChain chain = candidate;
            if (chain.Problem is null && notBefore is { } start && chain.Taken < start)
            {
                chain = chain with
                {
                    Problem = FormattableString.Invariant($"it is from before {start.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, and so of another deployment."),
                };
            }

            if (chain.Problem is null) chain = await OpenAsync(chain, cancellationToken).ConfigureAwait(false);
            if (chain.Problem is null) chain = await ReadAsync(chain, cancellationToken).ConfigureAwait(false);
            if (chain.Problem is null) return new RecoverySelection(chain, passed);
            passed.Add(chain);
        }

        string reasons = passed.Count == 0 ? $"there is no base with a base.1 below '{DatastoreLayout.VmDirectory(_root, vmId)}'."
            : string.Join(" ", passed.Select(chain => $"{chain}: {chain.Problem}"));
        throw new StorageException(StorageErrorCodes.NoRecoveryChain, FormattableString.Invariant($"Disk {diskId} of VM {vmId} cannot be restored: {reasons}"));
    }

    private async Task<IReadOnlyList<RecoveryChain>> CandidatesAsync(int vm, int disk, CancellationToken cancellationToken)
    {
        var files = DiskFiles.In(DatastoreLayout.VmDirectory(_root, vm), disk);
        if (!StoreNames.IsRealDirectory(files.Directory)) return [];
        List<RecoveryChain> chains = [];
        foreach (long generation in StoreNames.Generations(files.Generations))
            chains.Add(await GenerationAsync(vm, disk, generation, files.Generation(generation), cancellationToken).ConfigureAwait(false));
        if (!StoreNames.IsRealDirectory(files.SnapshotDirectory) || !File.Exists(files.Base) || !File.Exists(files.Overlay)) return chains;
        if (chains.Exists(chain => StoreNames.IsSameFile(chain.Files.Overlay, files.Overlay))) return chains;
        // Not of a generation: a host that runs the original sent it, or all generations were removed.
        var published = new RecoveryChain
        {
            VmId = vm,
            DiskId = disk,
            Taken = new DateTimeOffset(File.GetLastWriteTimeUtc(files.Overlay)),
            Directory = files.Directory,
            Size = StoreNames.SizeOf(files)
        };
        chains.Insert(chains.Count == 0 || published.Taken > chains[0].Taken ? 0 : chains.Count, published);
        return chains;
    }

    private static async Task<RecoveryChain> GenerationAsync(int vm, int disk, long generation, DiskFiles files, CancellationToken cancellationToken)
    {
        var chain = new RecoveryChain
        {
            VmId = vm,
            DiskId = disk,
            Generation = generation,
            Taken = new DateTimeOffset(Directory.GetLastWriteTimeUtc(files.Directory)),
            Directory = files.Directory,
            Size = StoreNames.SizeOf(files)
        };
        try
        {
            byte[] content = await new SandboxRoot(files.Directory).ReadFileAsync(Path.GetFileName(files.Manifest), MaxManifestBytes,
                cancellationToken).ConfigureAwait(false);
            RecoveryManifest manifest = JsonSerializer.Deserialize(content, RecoveryJson.Default.RecoveryManifest) ?? throw new JsonException("It is empty.");
            if (manifest.Format != 1)
                return chain with
                {
                    Problem = string.Create(CultureInfo.InvariantCulture,
                $"its manifest has the format {manifest.Format}, which is not known here.")
                };
            if ((manifest.VmId, manifest.DiskId, manifest.Generation) != (vm, disk, generation))
                return chain with { Problem = "its manifest is that of another one." };
            return chain with { Taken = manifest.Taken, IsQuiesced = manifest.IsQuiesced, Sha256 = manifest.Sha256, BaseSha256 = manifest.BaseSha256 };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or OneEdgeException)
        {
            return chain with { Problem = $"its manifest cannot be read: {e.Message}" };
        }
    }

    private static async Task<RecoveryChain> OpenAsync(RecoveryChain chain, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<DiskImageInfo> images = await ChainVerifier.VerifyAsync(chain.Files, cancellationToken).ConfigureAwait(false);
            return chain with { VirtualSize = images[0].VirtualSize };
        }
        catch (Exception e) when (e is OneEdgeException or IOException or UnauthorizedAccessException)
        {
            return chain with { Problem = e.Message };
        }
    }

    private static async Task<RecoveryChain> ReadAsync(RecoveryChain chain, CancellationToken cancellationToken)
    {
        try
        {
            string overlay = (await ChainVerifier.DigestAsync(chain.Files.Overlay, cancellationToken).ConfigureAwait(false)).Sha256;
            string below = (await ChainVerifier.DigestAsync(chain.Files.Base, cancellationToken).ConfigureAwait(false)).Sha256;
            if (chain.Sha256 is { } wanted && wanted != overlay) return chain with { Problem = $"the overlay has the SHA-256 {overlay} instead of {wanted}." };
            if (chain.BaseSha256 is { } base1 && base1 != below) return chain with { Problem = $"the base has the SHA-256 {below} instead of {base1}." };
            return chain with { Sha256 = overlay, BaseSha256 = below };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return chain with { Problem = e.Message };
        }
    }
}
