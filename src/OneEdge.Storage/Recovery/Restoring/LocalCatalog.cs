using System.Text.Json;
using OneEdge.Files;

namespace OneEdge.Storage.Recovery;

/// <summary>A store that this process reads.</summary>
internal sealed class LocalCatalog(string root) : IRecoveryCatalog
{
    public Task<IReadOnlyList<(int Vm, int Disk)>> DisksAsync(int? vmId, CancellationToken cancellationToken)
    {
        IReadOnlyList<int> machines = vmId is { } one ? [one] : StoreNames.Numbers(root);
        return Task.FromResult<IReadOnlyList<(int, int)>>(
            [.. machines.SelectMany(vm => StoreNames.Disks(DatastoreLayout.VmDirectory(root, vm)).Select(disk => (vm, disk)))]);
    }

    public async Task<IReadOnlyList<RecoveryChain>> CandidatesAsync(int vm, int disk, CancellationToken cancellationToken)
    {
        var files = DiskFiles.In(DatastoreLayout.VmDirectory(root, vm), disk);
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
            byte[] content = await new SandboxRoot(files.Directory).ReadFileAsync(Path.GetFileName(files.Manifest), RecoveryManifest.MaxBytes,
                cancellationToken).ConfigureAwait(false);
            return RecoveryManifest.Apply(chain, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or OneEdgeException)
        {
            return chain with { Problem = $"its manifest cannot be read: {e.Message}" };
        }
    }

    public async Task<RecoveryChain> OpenAsync(RecoveryChain chain, CancellationToken cancellationToken)
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

    public async Task<RecoveryChain> ReadAsync(RecoveryChain chain, CancellationToken cancellationToken)
    {
        try
        {
            string overlay = (await ChainVerifier.DigestAsync(chain.Files.Overlay, cancellationToken).ConfigureAwait(false)).Sha256;
            string below = (await ChainVerifier.DigestAsync(chain.Files.Base, cancellationToken).ConfigureAwait(false)).Sha256;
            return chain.Compare(overlay, below);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return chain with { Problem = e.Message };
        }
    }
}
