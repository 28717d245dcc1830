namespace OneEdge.Storage;

/// <summary>
/// Checks the metadata of an image as <c>qemu-img check</c> does: everything that refers to a cluster is counted, then the counts are compared with the
/// refcounts that the image stores. Nothing is changed. Source of what counts as what: block/qcow2-refcount.c, qcow2-snapshot.c and qcow2-bitmap.c of qemu.
/// </summary>
internal sealed class ImageChecker(Qcow2Layer layer, Qcow2Limits limits, OperationBudget budget)
{
    private readonly Qcow2Header _header = layer.Header;

    private long RefcountTableBytes => (long)_header.RefcountTableClusters << _header.ClusterBits;

    public Qcow2CheckResult Check()
    {
        var memory = new CheckMemory(limits.MaxCheckBytes, layer.File);
        var report = new CheckReport(limits.MaxItems, memory);
        try
        {
            Check(memory, report);
        }
        catch (IOException e)
        {
            report.Add(new Qcow2CheckFinding { Kind = Qcow2CheckFindingKind.ReadFailed, Name = e.Message });
        }

        return report.Result(layer.File, (_header.VirtualSize / _header.ClusterSize) + (_header.VirtualSize % _header.ClusterSize > 0 ? 1 : 0));
    }

    private void Check(CheckMemory memory, CheckReport report)
    {
        var source = new CheckSource(layer.Source);
        if (!AreTablesInReach(report)) return;
        long clusters = CheckContext.Clusters(source, _header);
        if (clusters > int.MaxValue)
        {
            report.Add(new Qcow2CheckFinding { Kind = Qcow2CheckFindingKind.TooManyClusters, Value = (ulong)clusters });
            return;
        }

        var context = new CheckContext(layer, source, limits, budget, memory, report);
        if (!CountReferences(context)) return;
        report.ImageEndOffset = (new RefcountComparison(context).Compare() + 1) << _header.ClusterBits;
    }

    private bool CountReferences(CheckContext context)
    {
        context.Count(0, _header.ClusterSize, 1, "the header");
        context.Metadata.Add(0, _header.ClusterSize, "the header");
        var l1 = new L1Check(context);
        l1.CheckActive();
        if (!new SnapshotCheck(context).Check(out List<TableRange> snapshots)) return false;
        l1.CheckInactive(snapshots);
        CheckL2(context, l1.L2Tables);
        context.Metadata.L2Tables = l1.L2Tables;
        if (LuksHeaderReader.Read(layer.Source, _header, layer.File, out long offset, out long length) is not null)
        {
            context.Count(offset, length, 1, "the LUKS header");
            context.Metadata.Add(offset, length, "the LUKS header");
        }

        if (!new BitmapCheck(context).Check()) return false;
        new RefcountBlockCheck(context).Check();
        return true;
    }

    private void CheckL2(CheckContext context, Dictionary<long, L2Use> tables)
    {
        var check = new L2Check(context);
        foreach ((long offset, L2Use use) in tables)
        {
            budget.Check();
            check.Check(offset, use);
        }
    }

    // qemu does not even open an image whose tables lie beyond what its block layer reads.
    private bool AreTablesInReach(CheckReport report) =>
        IsInReach(_header.L1TableOffset, (long)_header.L1Size * TableWord.Bytes, "the L1 table", HeaderFields.L1TableOffsetAt, report)
        && IsInReach(_header.RefcountTableOffset, RefcountTableBytes, "the refcount table", HeaderFields.RefcountTableOffsetAt, report);

    private static bool IsInReach(long offset, long length, string name, int at, CheckReport report)
    {
        if (CheckSource.Reaches(offset, length)) return true;
        report.Add(new Qcow2CheckFinding { Kind = Qcow2CheckFindingKind.TableOutOfReach, FileOffset = at, Value = (ulong)offset, Name = name });
        return false;
    }
}
