namespace OneEdge.Storage;

/// <summary>Checks the directory and the tables of persistent bitmaps. qemu gives up at the first table that is wrong, and so does this.</summary>
internal sealed class BitmapCheck(CheckContext context)
{
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
        long length = (long)bitmap.TableSize * TableWord.Bytes;
        if (!CheckSource.Reaches(bitmap.TableOffset, length))
        {
            context.Report.Add(new Qcow2CheckFinding { Kind = Qcow2CheckFindingKind.TableOutOfReach, Value = (ulong)bitmap.TableOffset, Name = Table });
            return false;
        }

        if (context.IsInFile(bitmap.TableOffset, length, 1, Table, null, null)) context.Metadata.Add(bitmap.TableOffset, length, Table);
        tables.Add(new TableRange(bitmap.TableOffset, bitmap.TableOffset + length));
        return true;
    }

    private void CheckEntry(long at, ulong entry, ulong tables)
    {
        long offset = BitmapTableEntry.Offset(entry);
        if (BitmapTableEntry.IsWrong(entry, _header.ClusterSize))
        {
            _isBroken = true;
            context.Report.Add(new Qcow2CheckFinding { Kind = Qcow2CheckFindingKind.BitmapTableEntry, FileOffset = at, Value = entry, Count = (long)tables });
        }
        else if (offset != 0)
        {
            context.Count(offset, _header.ClusterSize, tables, "a cluster of a bitmap", at);
        }
    }
}
