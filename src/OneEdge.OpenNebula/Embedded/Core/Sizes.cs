namespace OneEdge.OpenNebula.Embedded;

/// <summary>Counts with sizes that users wrote: what is beyond 64 bits stays at the end of them.</summary>
internal static class Sizes
{
    /// <summary>The sum of some sizes.</summary>
    public static long Sum(IEnumerable<long> sizes)
    {
        Int128 sum = 0;
        foreach (long size in sizes) sum += size;
        return (long)Int128.Clamp(sum, long.MinValue, long.MaxValue);
    }

    /// <summary>What is left of a size; nothing when more was used.</summary>
    public static long Left(long whole, long used) => (long)Int128.Clamp((Int128)whole - used, 0, long.MaxValue);

    /// <summary>So many times a size.</summary>
    public static long Times(long size, int count) => (long)Int128.Clamp((Int128)size * count, long.MinValue, long.MaxValue);
}
