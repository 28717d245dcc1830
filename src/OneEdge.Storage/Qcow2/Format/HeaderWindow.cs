using System.Buffers.Binary;

namespace OneEdge.Storage;

/// <summary>The first bytes of an image, read as far as they are asked for; what lies behind the end of the file reads as zeroes.</summary>
internal sealed class HeaderWindow(IBlockSource source)
{
    private const int FirstRead = 4096;
    private byte[] _bytes = [];

    /// <summary>Some bytes.</summary>
    /// <param name="offset">Where; callers stay within the first cluster.</param>
    /// <param name="length">How many.</param>
    public ReadOnlyMemory<byte> Bytes(int offset, int length)
    {
        int end = checked(offset + length);
        if (end > _bytes.Length)
        {
            _bytes = new byte[Math.Max(FirstRead, end)];
            source.ReadPadded(0, _bytes);
        }

        return _bytes.AsMemory(offset, length);
    }

    public uint UInt32(int offset) => BinaryPrimitives.ReadUInt32BigEndian(Bytes(offset, 4).Span);

    public ulong UInt64(int offset) => BinaryPrimitives.ReadUInt64BigEndian(Bytes(offset, 8).Span);
}
