namespace OneEdge.Storage;

/// <summary>Finds what of a buffer is not zero, in units of 4 KiB, as <c>qemu-img convert -S 4k</c> does.</summary>
internal static class ZeroRuns
{
    public const int Unit = 4096;

    public static bool IsZero(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);

    /// <summary>The next run of units that are not all zero.</summary>
    /// <param name="buffer">The bytes.</param>
    /// <param name="from">Where to look, a multiple of the unit.</param>
    /// <param name="start">Receives where the run begins.</param>
    /// <returns>Its length; 0 when all that is left is zero.</returns>
    public static int NextData(ReadOnlySpan<byte> buffer, int from, out int start)
    {
        int first = from < buffer.Length ? buffer[from..].IndexOfAnyExcept((byte)0) : -1;
        start = first < 0 ? buffer.Length : (from + first) & ~(Unit - 1);
        if (first < 0) return 0;
        int end = start + Unit;
        while (end < buffer.Length && !IsZero(buffer[end..Math.Min(end + Unit, buffer.Length)])) end += Unit;
        return Math.Min(end, buffer.Length) - start;
    }

    /// <summary>Writes what is not zero.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int WriteData(this StagedFile file, long offset, ReadOnlySpan<byte> buffer)
    {
        int written = 0;
        for (int from = 0, length; (length = NextData(buffer, from, out int start)) > 0; from = start + length)
        {
            file.Write(offset + start, buffer.Slice(start, length));
            written += length;
        }

        return written;
    }
}
