namespace OneEdge.Text;

/// <summary>The hunks below one header of a unified diff.</summary>
/// <param name="Creates">Whether the header says that the file is new (<c>--- /dev/null</c>).</param>
/// <param name="Hunks">The hunks.</param>
internal sealed record PatchSection(bool Creates, List<PatchHunk> Hunks);

/// <summary>One line of a hunk.</summary>
/// <param name="Mark">Blank, minus or plus.</param>
/// <param name="Text">The line with its line end, which a last line may lack.</param>
internal readonly record struct PatchLine(char Mark, ReadOnlyMemory<byte> Text);

/// <summary>One hunk of a unified diff.</summary>
internal sealed class PatchHunk
{
    public PatchHunk(int number, int patchLine, long oldStart, IReadOnlyList<PatchLine> lines)
    {
        Number = number;
        Line = patchLine;
        Lines = lines;
        Old = [.. lines.Where(l => l.Mark != '+').Select(l => l.Text)];
        // A hunk that only adds names the line that it goes behind.
        First = Old.Count == 0 ? oldStart + 1 : oldStart;
        Prefix = lines.TakeWhile(l => l.Mark == ' ').Count();
        Suffix = lines.Reverse().TakeWhile(l => l.Mark == ' ').Count();
    }

    /// <summary>The number of the hunk in the patch, from 1.</summary>
    public int Number { get; }

    /// <summary>The line of its header in the patch, from 1.</summary>
    public int Line { get; }

    public IReadOnlyList<PatchLine> Lines { get; }

    /// <summary>The lines that the text must have.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Old { get; }

    /// <summary>The line of the text where they should begin, from 1.</summary>
    public long First { get; }

    /// <summary>The lines of context before the first change.</summary>
    public int Prefix { get; }

    /// <summary>The lines of context behind the last change.</summary>
    public int Suffix { get; }
}
