namespace OneEdge.Text;

/// <summary>The replacement of one span of a <see cref="SourceText"/>; an empty span inserts, an empty text removes.</summary>
/// <param name="Span">What is replaced.</param>
/// <param name="Replacement">The bytes that come in its place.</param>
public readonly record struct TextEdit(TextSpan Span, ReadOnlyMemory<byte> Replacement)
{
    /// <summary>Creates an edit from text.</summary>
    /// <param name="span">What is replaced.</param>
    /// <param name="replacement">The text that comes in its place; encoded as <see cref="SourceEncoding"/> does.</param>
    public TextEdit(TextSpan span, string replacement)
        : this(span, SourceEncoding.GetBytes(replacement))
    {
    }
}
