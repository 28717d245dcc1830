namespace OneEdge.Storage;

/// <summary>
/// The image file as a check reads it: what lies behind the end reads as zeroes, and holes are stepped over once the file looks as if it had any.
/// </summary>
internal sealed class CheckSource(IBlockSource source)
{
    // The largest request that qemu makes of a file ends here (BDRV_MAX_LENGTH of its block layer).
    private const long Reach = long.MaxValue - (1L << 30) + 1;
    private readonly ISparseSource? _sparse = source as ISparseSource;
    private bool _hasZeroes;

    /// <summary>The length of the file in whole sectors, as qemu takes it.</summary>
    public long Length { get; } = (Math.Min(source.Length, Reach) + HeaderFields.SectorSize - 1) & ~(HeaderFields.SectorSize - 1L);

    /// <summary>Whether a table can be read at all; if not, qemu fails instead of reading zeroes.</summary>
    public static bool Reaches(long offset, long length) => offset >= 0 && offset <= Reach - length;

    /// <summary>Reads a part of the file.</summary>
    /// <returns>Whether there is anything but zeroes; the buffer counts only then.</returns>
    public bool TryRead(long offset, Span<byte> buffer)
    {
        if (offset >= source.Length || (_hasZeroes && IsHole(offset, buffer.Length))) return false;
        source.ReadPadded(offset, buffer);
        if (buffer.ContainsAnyExcept((byte)0)) return true;
        _hasZeroes = true;
        return false;
    }

    /// <summary>Where data may come next, from an offset on.</summary>
    public long SkipHole(long offset)
    {
        if (offset >= source.Length) return long.MaxValue;
        if (_sparse is null || !_hasZeroes) return offset;
        long end = _sparse.EndOfRun(offset, out bool isData);
        return isData ? offset : end >= source.Length ? long.MaxValue : end;
    }

    private bool IsHole(long offset, int length) => SkipHole(offset) >= offset + length;
}
