using OneEdge.Storage;

namespace OneEdge.Fuzz.Images;

/// <summary>The image of an input as the reader under test reads it.</summary>
internal sealed class SparseSource(byte[] input) : IBlockSource
{
    public long Length { get; } = SparseImage.Length(input);

    public int Read(long offset, Span<byte> buffer)
    {
        if (offset >= Length) return 0;
        buffer = buffer[..(int)Math.Min(buffer.Length, Length - offset)];
        buffer.Clear();
        long end = offset + buffer.Length;
        int count = SparseImage.Count(input);
        for (int i = SparseImage.Find(input, offset / SparseImage.SectorSize); i < count; i++)
        {
            long start = SparseImage.Number(input, i) * SparseImage.SectorSize;
            if (start >= end) break;
            ReadOnlySpan<byte> sector = SparseImage.Sector(input, i);
            if (start < offset)
            {
                sector = sector[(int)(offset - start)..];
                start = offset;
            }

            sector[..(int)Math.Min(sector.Length, end - start)].CopyTo(buffer[(int)(start - offset)..]);
        }

        return buffer.Length;
    }

    public void Dispose()
    {
    }
}
