using System.Buffers.Binary;
using static OneEdge.Storage.HeaderFields;

namespace OneEdge.Storage;

/// <summary>Reads the snapshot table; entries behind the end of the file read as zeroes.</summary>
internal static class SnapshotTableReader
{
    private const int LargeStateSizeEnd = 8;
    private const int DiskSizeEnd = 16;
    private const int InstructionCountEnd = 24;

    /// <summary>Reads the table.</summary>
    /// <param name="source">The image.</param>
    /// <param name="header">Its header.</param>
    /// <param name="file">How messages name it.</param>
    /// <param name="tableSize">Receives the size of the table, in bytes.</param>
    public static IReadOnlyList<Qcow2Snapshot> Read(IBlockSource source, Qcow2Header header, string file, out long tableSize)
    {
        var snapshots = new List<Qcow2Snapshot>(Math.Min(header.SnapshotCount, 64));
        long offset = 0;
        for (int i = 0; i < header.SnapshotCount; i++)
        {
            long at = header.SnapshotsOffset + offset;
            snapshots.Add(ReadEntry(source, header, file, i, ref at));
            offset = at - header.SnapshotsOffset;
            if (offset > MaxSnapshotTableBytes)
                throw new Qcow2Exception(
                    StorageErrorCodes.SnapshotTable, file, $"the snapshot table has more than {MaxSnapshotTableBytes >> 20} MiB.", header.SnapshotsOffset);
        }

        tableSize = offset;
        return snapshots;
    }

    private static Qcow2Snapshot ReadEntry(IBlockSource source, Qcow2Header header, string file, int index, ref long at)
    {
        Span<byte> fixedPart = stackalloc byte[SnapshotHeaderBytes];
        source.ReadPadded(at, fixedPart);
        uint extraSize = BinaryPrimitives.ReadUInt32BigEndian(fixedPart[36..]);
        if (extraSize > MaxSnapshotExtraBytes)
        {
            throw new Qcow2Exception(
                StorageErrorCodes.SnapshotTable,
                file,
                $"snapshot {index} has {extraSize} bytes of additional data; at most {MaxSnapshotExtraBytes} are allowed.",
                at);
        }

        int idLength = BinaryPrimitives.ReadUInt16BigEndian(fixedPart[12..]), nameLength = BinaryPrimitives.ReadUInt16BigEndian(fixedPart[14..]);
        byte[] rest = new byte[extraSize + idLength + nameLength];
        source.ReadPadded(at + SnapshotHeaderBytes, rest);
        ReadOnlySpan<byte> extra = rest.AsSpan(0, (int)extraSize);
        at += (SnapshotHeaderBytes + rest.Length + 7) & ~7;
        ulong? instructions = extra.Length >= InstructionCountEnd ? BinaryPrimitives.ReadUInt64BigEndian(extra[16..]) : null;
        return new Qcow2Snapshot
        {
            L1TableOffset = BinaryPrimitives.ReadInt64BigEndian(fixedPart),
            L1Size = BinaryPrimitives.ReadUInt32BigEndian(fixedPart[8..]),
            Seconds = BinaryPrimitives.ReadUInt32BigEndian(fixedPart[16..]),
            Nanoseconds = BinaryPrimitives.ReadUInt32BigEndian(fixedPart[20..]),
            GuestClockNanoseconds = BinaryPrimitives.ReadUInt64BigEndian(fixedPart[24..]),
            MachineStateSize = extra.Length >= LargeStateSizeEnd ? BinaryPrimitives.ReadUInt64BigEndian(extra) : BinaryPrimitives.ReadUInt32BigEndian(
                fixedPart[32..]),
            VirtualSize = extra.Length >= DiskSizeEnd ? BinaryPrimitives.ReadInt64BigEndian(extra[8..]) : header.VirtualSize,
            InstructionCount = instructions == ulong.MaxValue ? null : instructions,
            ExtraSize = extra.Length,
            Id = FormatText.CString(rest.AsSpan((int)extraSize, idLength)),
            Name = FormatText.CString(rest.AsSpan((int)extraSize + idLength, nameLength)),
        };
    }
}
