namespace OneEdge.Storage;

/// <summary>One open image of a chain.</summary>
internal abstract class ImageLayer(IBlockSource source, DiskImageInfo info) : IDisposable
{
    /// <summary>The bytes of the image file.</summary>
    public IBlockSource Source { get; } = source;

    public DiskImageInfo Info { get; } = info;

    public string File => Info.File;

    public long VirtualSize => Info.VirtualSize;

    /// <summary>Where the host offsets of extents are counted.</summary>
    public virtual IBlockSource Data => Source;

    /// <summary>What the image has at an offset of the guest, and how far it goes.</summary>
    /// <param name="offset">The offset, below the virtual size.</param>
    /// <param name="length">How much is asked for; more than zero.</param>
    public abstract Extent Find(long offset, long length);

    public virtual void Dispose() => Source.Dispose();
}
