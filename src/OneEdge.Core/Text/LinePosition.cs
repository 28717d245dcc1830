using System.Globalization;

namespace OneEdge.Text;

/// <summary>A place in a text as people count.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in characters (Unicode code points; a byte that is not UTF-8 counts as one), from 1.</param>
public readonly record struct LinePosition(int Line, int Column)
{
    /// <summary>The place as <c>line,column</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line},{Column}");
}
