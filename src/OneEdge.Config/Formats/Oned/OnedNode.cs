namespace OneEdge.Config.Formats;

/// <summary>An attribute or a section of the text; all else is layout between them.</summary>
/// <param name="Name">The number of the upper-cased name in <see cref="OnedSyntax"/>.</param>
/// <param name="NameStart">Where the name starts.</param>
/// <param name="ValueStart">Where the value starts; for a section its <c>[</c>.</param>
/// <param name="ValueEnd">Behind the value; for a section behind its <c>]</c>.</param>
/// <param name="FirstItem">For a section the number of its first item, otherwise -1.</param>
/// <param name="ItemCount">For a section the number of its items.</param>
internal readonly record struct OnedNode(int Name, int NameStart, int ValueStart, int ValueEnd, int FirstItem = -1, int ItemCount = 0)
{
    public bool IsSection => FirstItem >= 0;
}
