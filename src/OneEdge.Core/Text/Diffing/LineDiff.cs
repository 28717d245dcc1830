namespace OneEdge.Text;

/// <summary>The shortest list of line changes between two texts, placed as GNU diff places it.</summary>
internal static class LineDiff
{
    /// <summary>Compares two texts.</summary>
    /// <param name="old">The line numbers of the old text.</param>
    /// <param name="newer">The line numbers of the new text.</param>
    /// <param name="horizon">How many equal lines around the differing middle a change may slide into; GNU diff takes the lines of context.</param>
    /// <returns>The changes in order.</returns>
    public static List<LineChange> Compare(ReadOnlySpan<int> old, ReadOnlySpan<int> newer, int horizon)
    {
        int start = Math.Max(0, old.CommonPrefixLength(newer) - horizon);
        int same = CommonSuffix(old[start..], newer[start..]);
        int tail = same - Math.Min(same, horizon);
        int[] a = old[start..^tail].ToArray();
        int[] b = newer[start..^tail].ToArray();
        var oldChanged = new ChangedLines(a.Length);
        var newChanged = new ChangedLines(b.Length);
        new MyersDiff(a, b, oldChanged, newChanged).Run();
        ChangeSliding.Slide(a, oldChanged, newChanged);
        ChangeSliding.Slide(b, newChanged, oldChanged);
        return Collect(oldChanged, newChanged, start);
    }

    private static int CommonSuffix(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        int length = 0;
        while (length < a.Length && length < b.Length && a[^(length + 1)] == b[^(length + 1)]) length++;
        return length;
    }

    private static List<LineChange> Collect(ChangedLines old, ChangedLines newer, int start)
    {
        var changes = new List<LineChange>();
        for (int i = 0, j = 0; i < old.Count || j < newer.Count; i++, j++)
        {
            int oldStart = i;
            int newStart = j;
            while (old[i]) i++;
            while (newer[j]) j++;
            if (i > oldStart || j > newStart) changes.Add(new LineChange(start + oldStart, i - oldStart, start + newStart, j - newStart));
        }

        return changes;
    }
}

/// <summary>Which lines of a text are changed; a line before the first and one behind the last are never.</summary>
internal sealed class ChangedLines(int count)
{
    private readonly bool[] _flags = new bool[count + 2];

    public int Count => count;

    public bool this[int line]
    {
        get => _flags[line + 1];
        set => _flags[line + 1] = value;
    }
}
