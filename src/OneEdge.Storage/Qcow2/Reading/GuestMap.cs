namespace OneEdge.Storage;

/// <summary>Where the parts of the guest are, through a whole chain: the active state, or an internal snapshot of the image at the top.</summary>
internal sealed class GuestMap(IReadOnlyList<ImageLayer> layers, ClusterTable? snapshot = null)
{
    /// <summary>The virtual size, in bytes.</summary>
    public long Length { get; } = snapshot?.VirtualSize ?? layers[0].VirtualSize;

    /// <summary>What the guest has at an offset, and how far it goes.</summary>
    /// <param name="offset">The offset, below <see cref="Length"/>.</param>
    /// <param name="length">How much is asked for; more than zero.</param>
    public ChainExtent Find(long offset, long length)
    {
        length = Math.Min(length, Length - offset);
        for (int depth = 0; ; depth++)
        {
            ImageLayer layer = layers[depth];
            Extent extent = depth == 0 && snapshot is not null ? snapshot.Find(offset, length) : layer.Find(offset, length);
            // Behind the end of a shorter backing file are zeroes, whatever lies below it.
            if (!extent.IsUnallocated || depth + 1 == layers.Count || offset >= layers[depth + 1].VirtualSize) return new ChainExtent(depth, layer, extent);
            length = Math.Min(extent.Length, layers[depth + 1].VirtualSize - offset);
        }
    }
}
