namespace OneEdge.Storage.Replicas;

/// <summary>How far an image is on its way to the cache.</summary>
/// <param name="Image">The image.</param>
/// <param name="Bytes">How many bytes were sent, in its present file.</param>
/// <param name="TotalBytes">How many there are, with snapshots.</param>
/// <param name="BytesPerSecond">The mean rate since the image was asked for.</param>
public sealed record ReplicaSyncProgress(HostPath Image, long Bytes, long TotalBytes, double BytesPerSecond);
