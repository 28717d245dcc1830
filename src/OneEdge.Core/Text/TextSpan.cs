namespace OneEdge.Text;

/// <summary>A run of bytes in a <see cref="SourceText"/>.</summary>
/// <param name="Start">The offset of the first byte, from 0.</param>
/// <param name="Length">The number of bytes.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The offset behind the last byte.</summary>
    public int End => Start + Length;

    /// <summary>Creates a span from its two ends.</summary>
    /// <param name="start">The offset of the first byte.</param>
    /// <param name="end">The offset behind the last byte.</param>
    /// <returns>The span.</returns>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);
}
