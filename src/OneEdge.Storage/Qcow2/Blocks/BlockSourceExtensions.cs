namespace OneEdge.Storage;

/// <summary>Reading as the format wants it.</summary>
internal static class BlockSourceExtensions
{
    /// <summary>Reads bytes; what lies behind the end of the source reads as zeroes.</summary>
    /// <returns>How many bytes came from the source.</returns>
    public static int ReadPadded(this IBlockSource source, long offset, Span<byte> buffer)
    {
        int read = 0;
        while (read < buffer.Length)
        {
            int count = source.Read(offset + read, buffer[read..]);
            if (count <= 0) break;
            read += count;
        }

        buffer[read..].Clear();
        return read;
    }
}
