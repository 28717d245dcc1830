using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OneEdge.Storage;

/// <summary>Compares the references that were counted with the refcounts that the image stores.</summary>
internal sealed class RefcountComparison(CheckContext context)
{
    private readonly int _order = context.Header.RefcountOrder;
    private readonly RefcountTable _refcounts = context.Refcounts;
    private readonly ReferenceCounts _counts = context.Counts;
    private long _highest;
    private long _runStart, _runLength;
    private ulong _runRefcount, _runReferences;
    private string? _runMetadata;

    /// <summary>Compares all clusters.</summary>
    /// <returns>The highest cluster in use; 0 when none is.</returns>
    public long Compare()
    {
        // Segments lie within one refcount block and one page of counts.
        int bits = Math.Min(_refcounts.BlockBits, ReferenceCounts.PageBits);
        int untilCheck = 0;
        for (long start = 0; start < _counts.Length; start += 1L << bits)
        {
            if (--untilCheck < 0)
            {
                context.Budget.Check();
                untilCheck = 256;
            }

            CompareSegment(start, (int)Math.Min(1L << bits, _counts.Length - start));
        }

        EndRun();
        return _highest;
    }

    private void CompareSegment(long start, int length)
    {
        long index = start >> _refcounts.BlockBits;
        if (!_refcounts.TryGetBlock(index, out ReadOnlySpan<byte> block))
        {
            context.Report.Add(new Qcow2CheckFinding
            {
                Kind = Qcow2CheckFindingKind.RefcountUnreadable,
                Count = length,
                Value = _refcounts.BlockOffset(index),
                FileOffset = start << context.Header.ClusterBits,
            });
            return;
        }

        ReadOnlySpan<byte> counts = _counts.Counts(start, length);
        if (counts.IsEmpty && block.IsEmpty) return;
        int first = (int)(start & ((1L << _refcounts.BlockBits) - 1));
        for (int i = 0; i < length; i++)
        {
            i += EqualPart(counts, block, first, i, length);
            if (i < length) CompareCluster(start, i, counts, block, first);
        }

        for (int i = length - 1; i >= 0 && start + i > _highest; i--)
            if ((!counts.IsEmpty && counts[i] != 0) || Stored(block, first + i) != 0) _highest = start + i;
    }

    private void CompareCluster(long start, int i, ReadOnlySpan<byte> counts, ReadOnlySpan<byte> block, int first)
    {
        ulong references = counts.IsEmpty ? 0 : counts[i] < byte.MaxValue ? counts[i] : _counts[start + i], refcount = Stored(block, first + i);
        if (references != refcount) Differs(start + i, refcount, references);
    }

    private ulong Stored(ReadOnlySpan<byte> block, int index) => block.IsEmpty ? 0 : RefcountTable.Value(block, _order, index);

    // How many clusters are surely alike, many at once; the common width alone is worth it.
    private int EqualPart(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> block, int first, int from, int length)
    {
        if (_order != 4 || counts.IsEmpty || block.IsEmpty) return 0;
        ReadOnlySpan<ushort> stored = MemoryMarshal.Cast<byte, ushort>(block).Slice(first, length);
        int i = from;
        for (; i + Vector128<byte>.Count <= length; i += Vector128<byte>.Count)
        {
            Vector128<byte> vector = Vector128.Create(counts[i..]);
            // 255 stands for any larger count too.
            if (Vector128.EqualsAny(vector, Vector128.Create(byte.MaxValue))) break;
            (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(vector);
            if (BitConverter.IsLittleEndian) (lower, upper) = (lower << 8, upper << 8);
            if (lower != Vector128.Create(stored[i..]) || upper != Vector128.Create(stored[(i + Vector128<ushort>.Count)..])) break;
        }

        return i - from;
    }

    private void Differs(long cluster, ulong refcount, ulong references)
    {
        Qcow2Header header = context.Header;
        string? metadata = refcount < references ? context.Metadata.OverlapAt(cluster << header.ClusterBits, header.ClusterSize, references) : null;
        bool isAlike = refcount == _runRefcount && references == _runReferences && metadata == _runMetadata;
        if (_runLength == 0 || cluster != _runStart + _runLength || !isAlike)
        {
            EndRun();
            (_runStart, _runLength, _runRefcount, _runReferences, _runMetadata) = (cluster, 0, refcount, references, metadata);
        }

        _runLength++;
    }

    private void EndRun()
    {
        if (_runLength == 0) return;
        context.Report.Add(new Qcow2CheckFinding
        {
            Kind = _runRefcount < _runReferences
                ? _runMetadata is null ? Qcow2CheckFindingKind.RefcountTooSmall : Qcow2CheckFindingKind.MetadataOverlap
                : _runReferences == 0 ? Qcow2CheckFindingKind.LeakedCluster : Qcow2CheckFindingKind.RefcountTooLarge,
            FileOffset = _runStart << context.Header.ClusterBits,
            Count = _runLength,
            Refcount = _runRefcount,
            References = _runReferences,
            Name = _runMetadata,
        });
        _runLength = 0;
    }
}
