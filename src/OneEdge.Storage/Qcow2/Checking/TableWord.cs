using System.Buffers.Binary;

namespace OneEdge.Storage;

/// <summary>The 64-bit entries of tables, which are big-endian.</summary>
internal static class TableWord
{
    public const int Bytes = 8;

    public static ulong ToHost(ulong stored) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(stored) : stored;
}
