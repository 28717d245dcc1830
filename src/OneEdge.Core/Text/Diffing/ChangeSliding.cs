namespace OneEdge.Text;

/// <summary>
/// Slides each run of changed lines of one text over equal lines: up into an earlier run, down as far as it goes, and back to where
/// the other text has changes too. People find such a diff easier to read, and GNU diff prints it so.
/// </summary>
internal static class ChangeSliding
{
    public static void Slide(int[] lines, ChangedLines changed, ChangedLines other)
    {
        int end = lines.Length;
        int i = 0;
        int j = 0;
        while (true)
        {
            while (i < end && !changed[i])
            {
                while (other[j]) j++;
                i++;
                j++;
            }

            if (i >= end) return;
            int start = i;
            while (changed[i]) i++;
            while (other[j]) j++;
            (i, j) = SlideRun(lines, changed, other, start, i, j);
        }
    }

    // The run is [start, end); j is the place in the other text that corresponds to its end. Gives both for the run in its last place.
    private static (int End, int Other) SlideRun(int[] lines, ChangedLines changed, ChangedLines other, int start, int end, int j)
    {
        int aligned;
        int length;
        do
        {
            length = end - start;
            while (start > 0 && lines[start - 1] == lines[end - 1])
            {
                Up(ref start, ref end);
                while (changed[start - 1]) start--;
            }

            aligned = other[j - 1] ? end : lines.Length;
            while (end < lines.Length && lines[start] == lines[end])
            {
                changed[start++] = false;
                changed[end++] = true;
                while (changed[end]) end++;
                j++;
                for (; other[j]; j++) aligned = end;
            }
        }
        while (length != end - start);

        while (aligned < end) Up(ref start, ref end);
        return (end, j);

        void Up(ref int first, ref int behind)
        {
            changed[--first] = true;
            changed[--behind] = false;
            j--;
            while (other[j]) j--;
        }
    }
}
