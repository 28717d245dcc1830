namespace OneEdge.Storage;

/// <summary>Checks the directory and the tables of persistent bitmaps. qemu gives up at the first table that is wrong, and so does this.</summary>
internal sealed class BitmapCheck(CheckContext context)
{
    private const ulong OffsetMask = TableEntry.OffsetMask;
    private const ulong ReservedMask = 0xff00_0000_0000_01fe;
    private const ulong AllOnes = 1;
    private const string Table = "the table of a bitmap";
    private readonly Qcow2Header _header = context.Header;
    private bool _isBroken;

    /// <summary>Checks them and counts what they refer to.</summary>
    /// <returns>Whether the check can go on.</returns>
    public bool Check()
    {
        IReadOnlyList<Qcow2Bitmap> bitmaps = BitmapDirectoryReader.Read(context.Image, _header, context.File, out long directory, out long size);
        if (bitmaps.Count == 0) return true;
        context.Count(directory, size, 1, "the bitmap directory");
        context.Metadata.Add(directory, size, "the bitmap directory");
        List<TableRange> tables = [];
        foreach (Qcow2Bitmap bitmap in bitmaps)
            if (!AddTable(bitmap, tables)) return false;

        context.Count(tables);
        var scan = new TableScan(context.Source, context.Budget);
        foreach (TableSegment segment in TableSegment.Of(tables))
            scan.Visit(segment.Start, segment.End, (at, entry) => CheckEntry(at, entry, segment.Tables));

        return !_isBroken;
    }

    private bool AddTable(Qcow2Bitmap bitmap, List<TableRange> tables)
    {
        // A bitmap in use may be of another size than the image; its content does not count.
        long length = (long)bitmap.TableSize * TableWord.Bytes;
        if (!bitmap.IsInUse && bitmap.TableSize != TableSizeFor(bitmap)) return Broken(Qcow2CheckFindingKind.BitmapTableSize, bitmap.TableSize, bitmap.Name);
        if (!CheckSource.Reaches(bitmap.TableOffset, length)) return Broken(Qcow2CheckFindingKind.TableOutOfReach, bitmap.TableOffset, Table);
        if (context.IsInFile(bitmap.TableOffset, length, 1, Table, null, null)) context.Metadata.Add(bitmap.TableOffset, length, Table);
        tables.Add(new TableRange(bitmap.TableOffset, bitmap.TableOffset + length));
        return true;
    }

    private long TableSizeFor(Qcow2Bitmap bitmap)
    {
        long bits = Quotient(_header.VirtualSize, bitmap.Granularity);
        return Quotient(Quotient(bits, 8), _header.ClusterSize);
    }

    private void CheckEntry(long at, ulong entry, ulong tables)
    {
        long offset = (long)(entry & OffsetMask);
        bool isWrong = (entry & ReservedMask) != 0 || (offset != 0 && ((entry & AllOnes) != 0 || (offset & (_header.ClusterSize - 1)) != 0));
        if (isWrong)
        {
            _isBroken = true;
            context.Report.Add(new Qcow2CheckFinding { Kind = Qcow2CheckFindingKind.BitmapTableEntry, FileOffset = at, Value = entry, Count = (long)tables });
        }
        else if (offset != 0)
        {
            context.Count(offset, _header.ClusterSize, tables, "a cluster of a bitmap", at);
        }
    }

    private bool Broken(Qcow2CheckFindingKind kind, long value, string name)
    {
        context.Report.Add(new Qcow2CheckFinding { Kind = kind, Value = (ulong)value, Name = name });
        return false;
    }

    private static long Quotient(long value, long divisor) => (value / divisor) + (value % divisor > 0 ? 1 : 0);
}
