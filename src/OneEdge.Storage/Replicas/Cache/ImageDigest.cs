namespace OneEdge.Storage.Replicas;

/// <summary>What an image in its datastore holds.</summary>
/// <param name="Digest">The digest of its content, with its snapshots.</param>
/// <param name="Bytes">The sizes of its files.</param>
/// <param name="AllocatedBytes">The room that they take.</param>
internal sealed record ImageDigest(string Digest, long Bytes, long AllocatedBytes);
