using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OneEdge.Storage;

/// <summary>Checks L2 tables: counts what they refer to, and compares the flags of the active ones with the refcounts that the image stores.</summary>
internal sealed class L2Check(CheckContext context)
{
    private readonly Qcow2Header _header = context.Header;
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(context.Header.ClusterSize);
    private readonly ReferenceCounts _counts = context.Counts;
    private readonly RefcountTable _refcounts = context.Refcounts;
    private readonly bool _hasDataFile = context.Header.HasExternalDataFile;
    private readonly long _fileLength = context.Source.Length;
    private readonly ulong _clusterMask = (ulong)context.Header.ClusterSize - 1;
    private long _table;
    private ulong _uses, _activeUses, _copiedUses;
    private long _guest;

    /// <summary>Checks one table.</summary>
    /// <param name="table">Where it begins.</param>
    /// <param name="use">How often it is used.</param>
    public void Check(long table, in L2Use use)
    {
        if (!context.Source.TryRead(table, _bytes)) return;
        (_table, _uses, _activeUses, _guest) = (table, use.Active + use.Inactive, use.Active, use.Guest);
        // qemu compares no flags below an L1 entry without an offset, or one whose own refcount cannot be read.
        _copiedUses = table != 0 && context.Refcounts.TryGet(table >> _header.ClusterBits, out _) ? use.Active : 0;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(_bytes);
        if (_header.HasExtendedL2) CheckExtended(words);
        else CheckStandard(words);
    }

    private void CheckStandard(ReadOnlySpan<ulong> words)
    {
        // What an entry of a cluster with data, and nothing wrong with it, has not.
        ulong unusual = _hasDataFile ? ulong.MaxValue : ~(TableEntry.Copied | TableEntry.OffsetMask) | _clusterMask;
        long next = 0;
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i] == 0) continue;
            ulong entry = TableWord.ToHost(words[i]);
            long host = (long)(entry & TableEntry.OffsetMask);
            if ((entry & unusual) == 0 && host != 0 && host < _fileLength) CheckData(i, entry, host, ref next);
            else if ((entry & TableEntry.Compressed) != 0) CheckCompressed(i, entry, 0);
            else CheckCluster(i, entry, isZero: (entry & TableEntry.ReadsAsZeroes) != 0, 0, ref next);
        }
    }

    private void CheckExtended(ReadOnlySpan<ulong> words)
    {
        long next = 0;
        for (int i = 0; i < words.Length / 2; i++)
        {
            if ((words[2 * i] | words[(2 * i) + 1]) == 0) continue;
            ulong entry = TableWord.ToHost(words[2 * i]), bitmap = TableWord.ToHost(words[(2 * i) + 1]);
            if ((entry & TableEntry.Compressed) != 0) CheckCompressed(i, entry, bitmap);
            else CheckCluster(i, entry, isZero: false, bitmap, ref next);
        }
    }

    private void CheckCluster(int index, ulong entry, bool isZero, ulong bitmap, ref long next)
    {
        if ((entry & TableEntry.L2Reserved) != 0) Found(Qcow2CheckFindingKind.L2ReservedBits, index, entry);
        long host = (long)(entry & TableEntry.OffsetMask);
        // In an external data file there may be data at the very beginning, which the flag tells.
        if (host == 0 && (isZero || !_hasDataFile || (entry & TableEntry.Copied) == 0))
        {
            if ((uint)bitmap != 0) Found(Qcow2CheckFindingKind.SubclustersWithoutCluster, index, bitmap);
            return;
        }

        if (((bitmap >> 32) & bitmap) != 0) Found(Qcow2CheckFindingKind.SubclusterBitmap, index, bitmap);
        if ((host & (_header.ClusterSize - 1)) != 0)
        {
            bool holdsData = _header.HasExtendedL2 ? (uint)bitmap != 0 : !isZero;
            Found(holdsData ? Qcow2CheckFindingKind.DataClusterUnaligned : Qcow2CheckFindingKind.ZeroClusterUnaligned, index, entry);
        }

        CountAllocated(host, ref next);
        if (!_hasDataFile) context.Count(host, _header.ClusterSize, _uses, "a cluster", At(index), Guest(index));
        if (_copiedUses != 0) CheckCopied(index, entry, host);
    }

    // The same, in short, for a cluster with data, aligned and in the file.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void CheckData(int index, ulong entry, long host, ref long next)
    {
        long cluster = host >> _header.ClusterBits;
        CountAllocated(host, ref next);
        if (!_counts.TryAdd(cluster, _uses)) context.Count(cluster, _uses);
        bool isRight = _copiedUses == 0 || (_refcounts.TryGet(cluster, out ulong refcount) && refcount == 1 == ((entry & TableEntry.Copied) != 0));
        if (!isRight) CheckCopied(index, entry, host);
    }

    private void CountAllocated(long host, ref long next)
    {
        if (_activeUses == 0) return;
        context.Report.AllocatedClusters += (long)_activeUses;
        if (next != 0 && host != next) context.Report.FragmentedClusters += (long)_activeUses;
        next = host + _header.ClusterSize;
    }

    private void CheckCopied(int index, ulong entry, long host)
    {
        ulong refcount = 1;
        if (!_hasDataFile && !context.Refcounts.TryGet(host >> _header.ClusterBits, out refcount)) return;
        if (refcount == 1 == ((entry & TableEntry.Copied) != 0)) return;
        context.Report.Add(new Qcow2CheckFinding
        {
            Kind = Qcow2CheckFindingKind.L2CopiedFlag,
            FileOffset = At(index),
            GuestOffset = Guest(index),
            Value = entry,
            Refcount = refcount,
            Count = (long)_copiedUses,
        });
    }

    private void CheckCompressed(int index, ulong entry, ulong bitmap)
    {
        if ((entry & TableEntry.Copied) != 0) Found(Qcow2CheckFindingKind.CompressedCopiedFlag, index, entry);
        if (_hasDataFile)
        {
            Found(Qcow2CheckFindingKind.CompressedWithDataFile, index, entry);
            return;
        }

        if (bitmap != 0)
        {
            Found(Qcow2CheckFindingKind.CompressedSubclusters, index, entry);
            return;
        }

        int bits = _header.ClusterBits;
        context.Count(TableEntry.CompressedOffset(entry, bits), TableEntry.CompressedSize(entry, bits), _uses, "a compressed cluster", At(index), Guest(index));
        context.Report.AllocatedClusters += (long)_activeUses;
        context.Report.CompressedClusters += (long)_activeUses;
        // Compressed clusters always count as fragmented: they share sectors.
        context.Report.FragmentedClusters += (long)_activeUses;
    }

    private long At(int index) => _table + ((long)index * _header.L2EntrySize);

    private long? Guest(int index) => context.Guest(_guest + ((long)index << _header.ClusterBits));

    private void Found(Qcow2CheckFindingKind kind, int index, ulong value) => context.Report.Add(new Qcow2CheckFinding
    {
        Kind = kind,
        FileOffset = At(index),
        GuestOffset = Guest(index),
        Value = value,
        Count = (long)_uses,
    });
}
