namespace OneEdge.Text;

/// <summary>A run of lines that differs: what stands in the old text and what in the new one, either may be empty. Lines count from 0.</summary>
internal readonly record struct LineChange(int OldStart, int OldCount, int NewStart, int NewCount)
{
    public int OldEnd => OldStart + OldCount;

    public int NewEnd => NewStart + NewCount;
}
