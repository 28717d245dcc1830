using System.Buffers.Binary;

namespace OneEdge.Storage;

/// <summary>Counters of a refcount block as they lie on disk: narrow ones from the least significant bit of a byte, wide ones big-endian.</summary>
internal static class RefcountBlock
{
    /// <summary>How many counters a block has.</summary>
    public static int Count(int clusterSize, int order) => checked((int)(clusterSize * 8L >> order));

    /// <summary>The largest value of a counter, as far as anybody counts here.</summary>
    public static long Max(int order) => order >= 6 ? long.MaxValue : (1L << (1 << order)) - 1;

    public static long Get(ReadOnlySpan<byte> block, int index, int order) => order switch
    {
        < 3 => (block[index >> (3 - order)] >> ((index << order) & 7)) & ((1 << (1 << order)) - 1),
        3 => block[index],
        4 => BinaryPrimitives.ReadUInt16BigEndian(block[(index * 2)..]),
        5 => BinaryPrimitives.ReadUInt32BigEndian(block[(index * 4)..]),
        _ => BinaryPrimitives.ReadInt64BigEndian(block[(index * 8)..]),
    };

    public static void Set(Span<byte> block, int index, int order, long value)
    {
        switch (order)
        {
            case < 3:
                int shift = (index << order) & 7, mask = ((1 << (1 << order)) - 1) << shift;
                ref byte cell = ref block[index >> (3 - order)];
                cell = (byte)((cell & ~mask) | ((int)value << shift));
                break;
            case 3:
                block[index] = (byte)value;
                break;
            case 4:
                BinaryPrimitives.WriteUInt16BigEndian(block[(index * 2)..], (ushort)value);
                break;
            case 5:
                BinaryPrimitives.WriteUInt32BigEndian(block[(index * 4)..], (uint)value);
                break;
            default:
                BinaryPrimitives.WriteInt64BigEndian(block[(index * 8)..], value);
                break;
        }
    }

    /// <summary>A block, or as much of it as is not zero, whose first counters are one.</summary>
    public static byte[] Ones(int count, int order)
    {
        byte[] block = new byte[((count << order) + 7) >> 3];
        for (int i = 0; i < count; i++) Set(block, i, order, 1);
        return block;
    }
}
