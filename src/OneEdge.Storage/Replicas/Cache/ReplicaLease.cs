namespace OneEdge.Storage.Replicas;

/// <summary>The right to read a cached image: while it is held the image is neither evicted nor replaced.</summary>
internal sealed class ReplicaLease(ImageDigest image, KeepAlive alive, Func<Task> release) : IAsyncDisposable
{
    public ImageDigest Image { get; } = image;

    /// <summary>Whether the image was copied for this lease; otherwise it was there.</summary>
    public bool IsCopied { get; init; }

    /// <summary>Is cancelled when the lease could not be renewed.</summary>
    public CancellationToken Lost => alive.Lost;

    public async ValueTask DisposeAsync()
    {
        await alive.DisposeAsync().ConfigureAwait(false);
        await release().ConfigureAwait(false);
    }
}
