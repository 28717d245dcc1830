using System.Buffers.Binary;

namespace OneEdge.Fuzz.Images;

/// <summary>
/// An image as inputs hold it: its length (8 bytes, little-endian), then its sectors that are not zero, each as its number (8 bytes) and its 512 bytes, in
/// order. So an image with clusters of 64 KiB is an input of a few KiB, and every byte that a mutation meets means something.
/// </summary>
internal static class SparseImage
{
    public const int SectorSize = 512;
    private const int Head = 8;
    private const int Entry = 8 + SectorSize;

    /// <summary>Whether bytes are an image of this form.</summary>
    public static bool IsValid(byte[] input)
    {
        if (input.Length < Head || (input.Length - Head) % Entry != 0 || Length(input) < 0) return false;
        long before = -1;
        for (int i = 0; i < Count(input); i++)
        {
            long number = Number(input, i);
            if (number <= before || number > long.MaxValue / SectorSize) return false;
            before = number;
        }

        return true;
    }

    /// <summary>The length of the image, in bytes.</summary>
    public static long Length(byte[] input) => BinaryPrimitives.ReadInt64LittleEndian(input);

    /// <summary>How many sectors are held.</summary>
    public static int Count(byte[] input) => (input.Length - Head) / Entry;

    /// <summary>The number of a sector: its offset in the image, divided by its size.</summary>
    public static long Number(byte[] input, int index) => BinaryPrimitives.ReadInt64LittleEndian(input.AsSpan(Head + (index * Entry)));

    public static Span<byte> Sector(byte[] input, int index) => input.AsSpan(Head + (index * Entry) + 8, SectorSize);

    /// <summary>The index of the first sector that is held and has this number or a higher one.</summary>
    public static int Find(byte[] input, long number)
    {
        int low = 0, high = Count(input);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Number(input, middle) < number) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Makes an input.</summary>
    /// <param name="length">The length of the image, in bytes.</param>
    /// <param name="numbers">The numbers of its sectors, ascending.</param>
    /// <param name="sectors">The sectors, one after the other.</param>
    public static byte[] Create(long length, ReadOnlySpan<long> numbers, ReadOnlySpan<byte> sectors)
    {
        byte[] input = GC.AllocateUninitializedArray<byte>(Head + (numbers.Length * Entry));
        BinaryPrimitives.WriteInt64LittleEndian(input, length);
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(input.AsSpan(Head + (i * Entry)), numbers[i]);
            sectors.Slice(i * SectorSize, SectorSize).CopyTo(Sector(input, i));
        }

        return input;
    }

    /// <summary>Makes an input of the bytes of an image.</summary>
    public static byte[] Create(ReadOnlySpan<byte> image)
    {
        List<long> numbers = [];
        var sectors = new MemoryStream();
        byte[] sector = new byte[SectorSize];
        for (int at = 0; at < image.Length; at += SectorSize)
        {
            ReadOnlySpan<byte> part = image[at..Math.Min(at + SectorSize, image.Length)];
            if (!part.ContainsAnyExcept((byte)0)) continue;
            Array.Clear(sector);
            part.CopyTo(sector);
            numbers.Add(at / SectorSize);
            sectors.Write(sector);
        }

        return Create(image.Length, numbers.ToArray(), sectors.ToArray());
    }

    /// <summary>An input without one of its sectors, which then reads as zeroes.</summary>
    public static byte[] Without(byte[] input, int index) => [.. input[..(Head + (index * Entry))], .. input[(Head + ((index + 1) * Entry))..]];

    /// <summary>An input whose image has another length.</summary>
    public static byte[] WithLength(byte[] input, long length)
    {
        byte[] changed = [.. input];
        BinaryPrimitives.WriteInt64LittleEndian(changed, length);
        return changed;
    }
}
