using System.Buffers.Binary;

namespace OneEdge.Fuzz.Images;

/// <summary>An image that is being changed: sectors that come into being when something is written to them.</summary>
internal sealed class ImageDraft
{
    public const int MaxSectors = 128;
    private const int Size = SparseImage.SectorSize;
    private readonly long[] _numbers = new long[MaxSectors];
    private readonly byte[] _bytes = new byte[MaxSectors * Size];

    public int Count { get; private set; }

    public long Length { get; set; }

    /// <summary>Begins with the image of an input, as far as there is room for its sectors.</summary>
    public void Load(byte[] input)
    {
        (Length, Count) = (SparseImage.Length(input), Math.Min(SparseImage.Count(input), MaxSectors));
        for (int i = 0; i < Count; i++)
        {
            _numbers[i] = SparseImage.Number(input, i);
            SparseImage.Sector(input, i).CopyTo(Sector(i));
        }
    }

    public byte[] ToInput() => SparseImage.Create(Length, _numbers.AsSpan(0, Count), _bytes);

    public Span<byte> Sector(int index) => _bytes.AsSpan(index * Size, Size);

    /// <summary>Where a sector begins in the image.</summary>
    public long Offset(int index) => _numbers[index] * Size;

    public ulong Read(long offset, int width)
    {
        ulong value = 0;
        for (int i = 0; i < width; i++) value = (value << 8) | (At(offset + i, create: false) is var at and >= 0 ? _bytes[at] : 0UL);
        return value;
    }

    /// <summary>Writes a big-endian number; nothing where there is no room or no such offset.</summary>
    public void Write(long offset, int width, ulong value)
    {
        if (offset < 0 || offset > long.MaxValue - Size) return;
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Write(offset, bytes[(8 - width)..]);
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
            if (At(offset++, create: true) is var at and >= 0) _bytes[at] = b;
    }

    public void Remove(int index)
    {
        _numbers.AsSpan(index + 1, Count - index - 1).CopyTo(_numbers.AsSpan(index));
        _bytes.AsSpan((index + 1) * Size, (Count - index - 1) * Size).CopyTo(_bytes.AsSpan(index * Size));
        Count--;
    }

    private int At(long offset, bool create)
    {
        long number = offset / Size;
        int index = Array.BinarySearch(_numbers, 0, Count, number);
        if (index < 0)
        {
            if (!create || Count == MaxSectors) return -1;
            index = ~index;
            _numbers.AsSpan(index, Count - index).CopyTo(_numbers.AsSpan(index + 1));
            _bytes.AsSpan(index * Size, (Count - index) * Size).CopyTo(_bytes.AsSpan((index + 1) * Size));
            _numbers[index] = number;
            Sector(index).Clear();
            Count++;
        }

        return (index * Size) + (int)(offset % Size);
    }
}
