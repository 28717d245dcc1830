namespace OneEdge.Storage.Recovery;

/// <summary>The chain to restore a disk from.</summary>
/// <param name="Chain">The newest one that is whole, with all its bytes verified.</param>
/// <param name="Passed">Newer ones that are not, each with its problem.</param>
public sealed record RecoverySelection(RecoveryChain Chain, IReadOnlyList<RecoveryChain> Passed);
