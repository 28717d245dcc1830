namespace OneEdge.Storage.Recovery;

/// <summary>What a store is asked for, wherever it is.</summary>
internal interface IRecoveryCatalog
{
    /// <summary>The disks of all machines, or of one, that have a directory of snapshots or generations, in their order.</summary>
    Task<IReadOnlyList<(int Vm, int Disk)>> DisksAsync(int? vmId, CancellationToken cancellationToken);

    /// <summary>The chains of a disk, the newest first, as far as names and manifests tell.</summary>
    Task<IReadOnlyList<RecoveryChain>> CandidatesAsync(int vm, int disk, CancellationToken cancellationToken);

    /// <summary>Opens a chain and walks its tables.</summary>
    /// <returns>The chain, with its virtual size or its problem.</returns>
    Task<RecoveryChain> OpenAsync(RecoveryChain chain, CancellationToken cancellationToken);

    /// <summary>Reads all bytes of a chain.</summary>
    /// <returns>The chain, with its digests or its problem.</returns>
    Task<RecoveryChain> ReadAsync(RecoveryChain chain, CancellationToken cancellationToken);
}
