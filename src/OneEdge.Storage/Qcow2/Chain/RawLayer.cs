namespace OneEdge.Storage;

/// <summary>A raw image. Holes of its file are zeroes that have a place.</summary>
internal sealed class RawLayer(IBlockSource source, DiskImageInfo info) : ImageLayer(source, info)
{
    public override Extent Find(long offset, long length)
    {
        length = Math.Min(length, VirtualSize - offset);
        // The last sector may be cut off.
        if (Source is not ISparseSource sparse || offset >= Source.Length) return new Extent(ExtentKind.Data, length, offset);
        long end = sparse.EndOfRun(offset, out bool isData);
        if (end >= Source.Length) end = VirtualSize;
        return new Extent(isData ? ExtentKind.Data : ExtentKind.ZeroAllocated, Math.Min(length, end - offset), offset);
    }
}
