namespace OneEdge.Storage.Replicas;

/// <summary>An image that is in the cache with the content of its datastore.</summary>
/// <param name="Image">The image.</param>
/// <param name="Cached">Its place in the cache.</param>
/// <param name="Digest">The digest of its content and snapshots, as this library computes it.</param>
/// <param name="Bytes">The sizes of its files, in bytes.</param>
/// <param name="IsCopied">Whether this call copied it; otherwise it was there, or somebody else copied it meanwhile.</param>
/// <param name="Duration">How long it took.</param>
public sealed record ReplicaSyncResult(HostPath Image, HostPath Cached, string Digest, long Bytes, bool IsCopied, TimeSpan Duration);
