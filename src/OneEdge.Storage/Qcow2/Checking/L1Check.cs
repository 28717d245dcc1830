using System.Runtime.InteropServices;

namespace OneEdge.Storage;

/// <summary>
/// Checks the L1 tables, active and of snapshots, and gathers the L2 tables below them. An L2 table that is used several times is remembered once, with the
/// number of its uses: it is read once, however often tables point to it.
/// </summary>
internal sealed class L1Check(CheckContext context)
{
    private const int UseBytes = 64;
    private readonly TableScan _scan = new(context.Source, context.Budget);
    private readonly Qcow2Header _header = context.Header;

    /// <summary>The L2 tables by their offsets, in the order in which they were met.</summary>
    public Dictionary<long, L2Use> L2Tables { get; } = [];

    /// <summary>Checks the active table, whose flags say whether an L2 table has one reference only.</summary>
    public void CheckActive()
    {
        long start = _header.L1TableOffset, length = (long)_header.L1Size * TableWord.Bytes;
        context.Count(start, length, 1, "the L1 table", HeaderFields.L1TableOffsetAt);
        context.Metadata.Add(start, length, "the L1 table");
        _scan.Visit(start, start + length, (at, entry) =>
        {
            long guest = (at - start) / TableWord.Bytes * _header.L2Coverage;
            Entry(at, entry, 1, guest).Active++;
            CheckCopied(at, entry, guest);
        });
    }

    /// <summary>Checks the tables of snapshots.</summary>
    /// <param name="tables">Where they are.</param>
    public void CheckInactive(IReadOnlyCollection<TableRange> tables)
    {
        context.Count(tables);
        foreach (TableSegment segment in TableSegment.Of(tables))
        {
            _scan.Visit(segment.Start, segment.End, (at, entry) =>
                Entry(at, entry, segment.Tables, (at - segment.TableStart) / TableWord.Bytes * _header.L2Coverage).Inactive += segment.Tables);
        }
    }

    private ref L2Use Entry(long at, ulong entry, ulong references, long guest)
    {
        if ((entry & TableEntry.L1Reserved) != 0) Found(Qcow2CheckFindingKind.L1ReservedBits, at, entry, references, guest);
        long offset = (long)(entry & TableEntry.OffsetMask);
        context.Count(offset, _header.ClusterSize, references, "an L2 table", at, context.Guest(guest));
        if ((offset & (_header.ClusterSize - 1)) != 0) Found(Qcow2CheckFindingKind.L2TableUnaligned, at, entry, references, guest);
        ref L2Use use = ref CollectionsMarshal.GetValueRefOrAddDefault(L2Tables, offset, out bool isKnown);
        if (isKnown) return ref use;
        context.Memory.Take(UseBytes);
        use.Guest = guest;
        return ref use;
    }

    private void CheckCopied(long at, ulong entry, long guest)
    {
        ulong offset = entry & TableEntry.OffsetMask;
        if (offset == 0 || !context.Refcounts.TryGet((long)(offset >> _header.ClusterBits), out ulong refcount)) return;
        if (refcount == 1 == ((entry & TableEntry.Copied) != 0)) return;
        context.Report.Add(new Qcow2CheckFinding
        {
            Kind = Qcow2CheckFindingKind.L1CopiedFlag,
            FileOffset = at,
            GuestOffset = context.Guest(guest),
            Value = entry,
            Refcount = refcount,
        });
    }

    private void Found(Qcow2CheckFindingKind kind, long at, ulong entry, ulong references, long guest) => context.Report.Add(new Qcow2CheckFinding
    {
        Kind = kind,
        FileOffset = at,
        GuestOffset = context.Guest(guest),
        Value = entry,
        Count = (long)references,
    });
}
