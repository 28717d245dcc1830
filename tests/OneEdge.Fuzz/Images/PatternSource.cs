using OneEdge.Storage;

namespace OneEdge.Fuzz.Images;

/// <summary>What lies below an image, or beside it: a file in which every byte tells its offset, and none is zero.</summary>
internal sealed class PatternSource(long length) : IBlockSource
{
    public long Length { get; } = length;

    public static byte At(long offset) => (byte)((offset ^ (offset >> 8) ^ (offset >> 16)) | 1);

    public int Read(long offset, Span<byte> buffer)
    {
        if (offset >= Length) return 0;
        buffer = buffer[..(int)Math.Min(buffer.Length, Length - offset)];
        for (int i = 0; i < buffer.Length; i++) buffer[i] = At(offset + i);
        return buffer.Length;
    }

    public void Dispose()
    {
    }
}
