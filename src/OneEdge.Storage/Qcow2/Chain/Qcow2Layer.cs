namespace OneEdge.Storage;

/// <summary>A qcow2 image, with the file that holds its guest data.</summary>
internal sealed class Qcow2Layer : ImageLayer
{
    public Qcow2Layer(IBlockSource source, DiskImageInfo info, IBlockSource? dataFile, TableCache cache)
        : base(source, info)
    {
        (Header, DataFile) = (info.Header!, dataFile);
        Active = new ClusterTable(this, Header.L1TableOffset, Header.L1Size, Header.VirtualSize, cache);
    }

    public Qcow2Header Header { get; }

    /// <summary>The external data file; <see langword="null"/> when the image holds its data itself.</summary>
    public IBlockSource? DataFile { get; }

    public override IBlockSource Data => DataFile ?? Source;

    /// <summary>The present state of the guest.</summary>
    public ClusterTable Active { get; }

    // A raw data file is what the guest sees, whatever the tables say.
    public override Extent Find(long offset, long length) => DataFile is not null && Header.HasRawDataFile
        ? new Extent(ExtentKind.Data, Math.Min(length, VirtualSize - offset), offset)
        : Active.Find(offset, length);

    public override void Dispose()
    {
        DataFile?.Dispose();
        base.Dispose();
    }
}
