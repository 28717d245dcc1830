using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OneEdge.Storage;

/// <summary>The refcounts that an image stores: the refcount table, and the blocks below it as they are needed.</summary>
internal sealed class RefcountTable
{
    public const ulong ReservedMask = 0x1ff;

    private readonly CheckSource _source;
    private readonly Qcow2Header _header;
    private readonly byte[] _table;
    private readonly Dictionary<ulong, byte[]> _blocks = [];
    private readonly int _blockCapacity;
    private readonly int _blockBits;
    private readonly long _blockMask;
    private readonly int _order;
    private long _currentIndex = -1;
    private byte[] _current = [];
    private bool _isCurrentReadable;

    public RefcountTable(CheckSource source, Qcow2Header header, long maxTableBytes, CheckMemory memory)
    {
        (_source, _header, _order) = (source, header, header.RefcountOrder);
        _blockBits = header.ClusterBits + 3 - header.RefcountOrder;
        _blockMask = (1L << _blockBits) - 1;
        _blockCapacity = (int)Math.Clamp(maxTableBytes >> header.ClusterBits, 1, int.MaxValue);
        long bytes = Math.Clamp(source.Length - header.RefcountTableOffset, 0, Size);
        memory.Take(bytes);
        _table = GC.AllocateUninitializedArray<byte>((int)bytes);
        if (!source.TryRead(header.RefcountTableOffset, _table)) _table = [];
    }

    /// <summary>The size of the table, in bytes.</summary>
    public long Size => (long)_header.RefcountTableClusters << _header.ClusterBits;

    /// <summary>The table as far as the file has it, in the byte order of the file.</summary>
    public ReadOnlySpan<ulong> Entries => MemoryMarshal.Cast<byte, ulong>(_table);

    /// <summary>The binary logarithm of the number of refcounts of one block.</summary>
    public int BlockBits => _blockBits;

    /// <summary>Where a block begins; 0 when it is missing.</summary>
    public ulong BlockOffset(long index)
    {
        ReadOnlySpan<ulong> entries = Entries;
        return index >= entries.Length ? 0 : BinaryPrimitives.ReverseEndianness(entries[(int)index]) & ~ReservedMask;
    }

    /// <summary>A refcount block.</summary>
    /// <param name="index">Its place in the table.</param>
    /// <param name="block">Receives it; empty when all its refcounts are zero.</param>
    /// <returns>Whether it can be read.</returns>
    public bool TryGetBlock(long index, out ReadOnlySpan<byte> block)
    {
        if (index != _currentIndex) Select(index);
        block = _current;
        return _isCurrentReadable;
    }

    /// <summary>The refcount of a cluster.</summary>
    /// <returns>Whether it can be read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(long cluster, out ulong refcount)
    {
        // Of the common width, and in the block of the one before: nearly all of them are.
        int at = (int)(cluster & _blockMask) * sizeof(ushort);
        if (cluster >> _blockBits != _currentIndex || _order != 4 || at >= _current.Length) return TryFind(cluster, out refcount);
        refcount = BinaryPrimitives.ReadUInt16BigEndian(_current.AsSpan(at));
        return true;
    }

    private bool TryFind(long cluster, out ulong refcount)
    {
        bool isReadable = TryGetBlock(cluster >> _blockBits, out ReadOnlySpan<byte> block);
        refcount = block.IsEmpty ? 0 : Value(block, _order, (int)(cluster & _blockMask));
        return isReadable;
    }

    /// <summary>A refcount of a block.</summary>
    public static ulong Value(ReadOnlySpan<byte> block, int order, int index) => order switch
    {
        4 => BinaryPrimitives.ReadUInt16BigEndian(block[(index * 2)..]),
        3 => block[index],
        5 => BinaryPrimitives.ReadUInt32BigEndian(block[(index * 4)..]),
        6 => BinaryPrimitives.ReadUInt64BigEndian(block[(index * 8)..]),
        // Several in a byte, from the least significant bit up.
        _ => (ulong)(block[index >> (3 - order)] >> ((index << order) & 7)) & ((1UL << (1 << order)) - 1),
    };

    private void Select(long index)
    {
        ulong offset = BlockOffset(index);
        (_currentIndex, _current) = (index, []);
        _isCurrentReadable = offset == 0 || ((offset & (ulong)(_header.ClusterSize - 1)) == 0 && CheckSource.Reaches((long)offset, _header.ClusterSize));
        if (offset != 0 && _isCurrentReadable) _current = Load(offset);
    }

    private byte[] Load(ulong offset)
    {
        if (_blocks.TryGetValue(offset, out byte[]? known)) return known;
        byte[] block = GC.AllocateUninitializedArray<byte>(_header.ClusterSize);
        if (!_source.TryRead((long)offset, block)) return [];
        if (_blocks.Count >= _blockCapacity) _blocks.Clear();
        _blocks.Add(offset, block);
        return block;
    }
}
