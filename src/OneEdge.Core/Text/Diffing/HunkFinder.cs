namespace OneEdge.Text;

/// <summary>
/// Finds the place of hunks by the rules of GNU patch: near to where the last one was found, less context at an end pins a hunk to that end of the
/// text.
/// </summary>
internal sealed class HunkFinder(int[] lines)
{
    // Compared lines, over all hunks; a patch made to be slow is given up after about a second.
    private const long Budget = 500_000_000;

    private long _offset;
    private long _work;

    public bool IsExhausted => _work > Budget;

    /// <summary>Finds a hunk.</summary>
    /// <param name="hunk">The hunk.</param>
    /// <param name="old">The numbers of the lines that it expects.</param>
    /// <param name="fuzz">How many lines of the longer context to ignore.</param>
    /// <param name="done">The last line that earlier hunks have used up.</param>
    /// <returns>The line where it begins, from 1; 0 when it fits nowhere.</returns>
    public long Find(PatchHunk hunk, int[] old, int fuzz, long done)
    {
        long guess = hunk.First + _offset;
        if (old.Length == 0) return guess;
        int context = Math.Max(hunk.Prefix, hunk.Suffix);
        int skipFirst = fuzz + hunk.Prefix - context;
        int skipLast = fuzz + hunk.Suffix - context;
        if (skipFirst < 0 && hunk.First <= 1)
        {
            bool fits = skipLast >= 0 || (old.Length == lines.Length && hunk.Prefix >= done);
            return fits && done <= hunk.Prefix && Matches(old, 1, 0, Math.Max(0, skipLast)) ? Found(guess, 1) : 0;
        }

        skipFirst = Math.Max(0, skipFirst);
        if (skipLast >= 0) return Search(guess, old, skipFirst, skipLast, done);
        long end = lines.Length - old.Length + 1;
        return end > done && end >= 1 && Matches(old, end, skipFirst, 0) ? Found(guess, end) : 0;
    }

    private long Search(long guess, int[] old, int skipFirst, int skipLast, long done)
    {
        long first = Math.Max(done + 1, 1);
        long last = lines.Length - (old.Length - skipLast) + 1;
        if (last < first) return 0;
        long nearest = guess > last ? guess - last : guess < first ? first - guess : 0;
        for (long distance = nearest; distance <= Math.Max(last - guess, guess - first) && !IsExhausted; distance++)
        {
            _work++;
            long below = guess + distance;
            if (below >= first && below <= last && Matches(old, below, skipFirst, skipLast)) return Found(guess, below);
            long above = guess - distance;
            if (distance > 0 && above >= first && above <= last && Matches(old, above, skipFirst, skipLast)) return Found(guess, above);
        }

        return 0;
    }

    private long Found(long guess, long place)
    {
        _offset += place - guess;
        return place;
    }

    private bool Matches(int[] old, long place, int skipFirst, int skipLast)
    {
        int count = old.Length - skipFirst - skipLast;
        long start = place - 1 + skipFirst;
        if (count <= 0) return true;
        if (start < 0 || start + count > lines.Length) return false;
        int same = lines.AsSpan((int)start, count).CommonPrefixLength(old.AsSpan(skipFirst, count));
        _work += same;
        return same == count;
    }
}
