namespace OneEdge.OpenNebula.Templates;

/// <summary>An attribute of the text, or a value of a vector; all else is layout between them.</summary>
/// <param name="NameStart">Where the name starts.</param>
/// <param name="NameLength">The length of the name.</param>
/// <param name="ValueStart">Where the value starts, with its quotes; for a vector its <c>[</c>; for <c>A=</c> at the end of a line the end of that
/// line.</param>
/// <param name="ValueEnd">Behind the value; for a vector behind its <c>]</c>.</param>
/// <param name="FirstItem">For a vector the number of its first value, otherwise <see cref="Plain"/> or <see cref="Quoted"/>.</param>
/// <param name="ItemCount">For a vector the number of its values.</param>
internal readonly record struct TemplateNode(int NameStart, int NameLength, int ValueStart, int ValueEnd, int FirstItem = TemplateNode.Plain, int ItemCount = 0)
{
    public const int Plain = -1;
    public const int Quoted = -2;

    public bool IsVector => FirstItem >= 0;

    public bool IsQuoted => FirstItem == Quoted;
}
