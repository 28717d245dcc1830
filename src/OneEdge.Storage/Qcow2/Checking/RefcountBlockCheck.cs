namespace OneEdge.Storage;

/// <summary>Checks the entries of the refcount table. The last to be counted: a refcount block must not have any other reference.</summary>
internal sealed class RefcountBlockCheck(CheckContext context)
{
    private readonly Qcow2Header _header = context.Header;

    public void Check()
    {
        context.Count(_header.RefcountTableOffset, context.Refcounts.Size, 1, "the refcount table", HeaderFields.RefcountTableOffsetAt);
        context.Metadata.Add(_header.RefcountTableOffset, context.Refcounts.Size, "the refcount table");
        TableScan.VisitWords(context.Refcounts.Entries, _header.RefcountTableOffset, CheckEntry);
    }

    private void CheckEntry(long at, ulong entry)
    {
        ulong offset = entry & ~RefcountTable.ReservedMask, cluster = offset >> _header.ClusterBits;
        if ((entry & RefcountTable.ReservedMask) != 0) Found(Qcow2CheckFindingKind.RefcountTableReservedBits, at, entry);
        else if ((offset & (ulong)(_header.ClusterSize - 1)) != 0) Found(Qcow2CheckFindingKind.RefcountBlockUnaligned, at, offset);
        else if (cluster >= (ulong)context.Counts.Length) Found(Qcow2CheckFindingKind.RefcountBlockPastEnd, at, offset);
        else
        {
            context.Count((long)offset, _header.ClusterSize, 1, "a refcount block", at);
            context.Metadata.Add((long)offset, _header.ClusterSize, "a refcount block");
            ulong references = context.Counts[(long)cluster];
            if (references != 1) Found(Qcow2CheckFindingKind.RefcountBlockShared, at, offset, references);
        }
    }

    private void Found(Qcow2CheckFindingKind kind, long at, ulong value, ulong? references = null) =>
        context.Report.Add(new Qcow2CheckFinding { Kind = kind, FileOffset = at, Value = value, References = references });
}
