using System.Buffers.Binary;
using static OneEdge.Storage.HeaderFields;

namespace OneEdge.Storage;

/// <summary>Checks the snapshot table, and tells where the L1 tables of snapshots are.</summary>
internal sealed class SnapshotCheck(CheckContext context)
{
    private const int DiskSizeEnd = 16;
    private const string L1Table = "the L1 table of a snapshot";
    private readonly Qcow2Header _header = context.Header;

    /// <summary>Checks the table and counts it.</summary>
    /// <param name="l1Tables">Receives the L1 tables that can be read.</param>
    /// <returns>Whether the check can go on.</returns>
    public bool Check(out List<TableRange> l1Tables)
    {
        l1Tables = [];
        if (_header.HasExternalDataFile && context.Info.Snapshots.Count > 0)
            Found(Qcow2CheckFindingKind.SnapshotsWithDataFile, SnapshotCountAt, null, (ulong)context.Info.Snapshots.Count);
        long end = _header.SnapshotsOffset;
        foreach (Qcow2Snapshot snapshot in context.Info.Snapshots)
        {
            long at = (end + 7) & ~7L;
            end = EndOfEntry(at);
            if (_header.Version >= 3 && snapshot.ExtraSize < DiskSizeEnd)
                Found(Qcow2CheckFindingKind.SnapshotIncomplete, at, snapshot.Name, (ulong)snapshot.ExtraSize);
            if (!AddL1(snapshot, at, l1Tables)) return false;
        }

        context.Count(_header.SnapshotsOffset, end - _header.SnapshotsOffset, 1, "the snapshot table", SnapshotsOffsetAt);
        context.Metadata.Add(_header.SnapshotsOffset, end - _header.SnapshotsOffset, "the snapshot table");
        return true;
    }

    private bool AddL1(Qcow2Snapshot snapshot, long at, List<TableRange> tables)
    {
        long start = snapshot.L1TableOffset, length = snapshot.L1Size * TableWord.Bytes;
        if ((start & (_header.ClusterSize - 1)) != 0) Found(Qcow2CheckFindingKind.SnapshotL1Unaligned, at, snapshot.Name, (ulong)start);
        else if (length > MaxL1Bytes) Found(Qcow2CheckFindingKind.SnapshotL1TooLarge, at, snapshot.Name, (ulong)snapshot.L1Size);
        else if (length > 0)
        {
            if (!CheckSource.Reaches(start, length))
            {
                Found(Qcow2CheckFindingKind.TableOutOfReach, at, L1Table, (ulong)start);
                return false;
            }

            if (context.IsInFile(start, length, 1, L1Table, at, null)) context.Metadata.Add(start, length, L1Table);
            tables.Add(new TableRange(start, start + length));
        }

        return true;
    }

    // Without the padding, which is not counted.
    private long EndOfEntry(long at)
    {
        Span<byte> entry = stackalloc byte[SnapshotHeaderBytes];
        context.Image.ReadPadded(at, entry);
        return at + SnapshotHeaderBytes + BinaryPrimitives.ReadUInt32BigEndian(entry[36..])
            + BinaryPrimitives.ReadUInt16BigEndian(entry[12..]) + BinaryPrimitives.ReadUInt16BigEndian(entry[14..]);
    }

    private void Found(Qcow2CheckFindingKind kind, long at, string? name, ulong value) => context.Report.Add(new Qcow2CheckFinding
    {
        Kind = kind,
        FileOffset = at,
        Value = value,
        Name = name,
    });
}
