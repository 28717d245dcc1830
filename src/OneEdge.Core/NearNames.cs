namespace OneEdge;

/// <summary>Finds the names that were probably meant.</summary>
internal static class NearNames
{
    private const int MaxLength = 256;

    /// <summary>The candidates that differ least from a name: by few letters, only by upper and lower case, or because one begins with the other.</summary>
    /// <param name="name">The name that does not exist.</param>
    /// <param name="candidates">The names that do.</param>
    /// <param name="max">How many to give at most.</param>
    /// <returns>The nearest first; none when nothing is near.</returns>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> candidates, int max = 3)
    {
        if (name.Length is 0 or > MaxLength) return [];
        int limit = Math.Clamp(name.Length / 3, 1, 4);
        return [.. candidates.Distinct(StringComparer.Ordinal)
            .Where(c => c.Length is > 0 and <= MaxLength)
            .Select(c => (Name: c, Distance: Distance(name, c, limit)))
            .Where(c => c.Distance <= limit)
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
            .Take(max).Select(c => c.Name)];
    }

    /// <summary>A hint for a message: <c>did you mean 'PORT' or 'HOST'?</c></summary>
    /// <returns>The hint; <see langword="null"/> when nothing is near.</returns>
    public static string? Hint(IReadOnlyList<string> near) => near.Count == 0 ? null : $"did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?";

    // Letters to insert, remove, replace or swap with their neighbour, whatever their case; more than the limit gives limit + 1.
    // Only cells near the diagonal can stay within the limit, and two rows beyond it end the search.
    private static int Distance(string a, string b, int limit)
    {
        if (Math.Min(a.Length, b.Length) > 2 && (a.StartsWith(b, StringComparison.OrdinalIgnoreCase) || b.StartsWith(a, StringComparison.OrdinalIgnoreCase)))
            return Math.Min(limit, 1);
        if (Math.Abs(a.Length - b.Length) > limit) return limit + 1;
        int width = b.Length + 1;
        Span<int> cells = stackalloc int[3 * width];
        cells.Fill(limit + 1);
        for (int j = 0; j <= Math.Min(limit, b.Length); j++) cells[j] = j;
        int nearestBefore = 0;
        for (int i = 1; i <= a.Length; i++)
        {
            Span<int> row = cells.Slice(i % 3 * width, width);
            int nearest = FillRow(a, b, limit, i, row, cells.Slice((i - 1) % 3 * width, width), cells.Slice((i + 1) % 3 * width, width));
            if (nearest > limit && nearestBefore > limit) return limit + 1;
            nearestBefore = nearest;
        }

        return cells[(a.Length % 3 * width) + b.Length];
    }

    // Gives the least of the row; the row before the one before serves swapped letters.
    private static int FillRow(string a, string b, int limit, int i, Span<int> row, ReadOnlySpan<int> before, ReadOnlySpan<int> secondBefore)
    {
        row.Fill(limit + 1);
        if (i <= limit) row[0] = i;
        int nearest = row[0];
        for (int j = Math.Max(1, i - limit); j <= Math.Min(b.Length, i + limit); j++)
        {
            int best = Math.Min(before[j], row[j - 1]) + 1;
            best = Math.Min(best, before[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1));
            bool swapped = i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]);
            row[j] = Math.Min(swapped ? Math.Min(best, secondBefore[j - 2] + 1) : best, limit + 1);
            nearest = Math.Min(nearest, row[j]);
        }

        return nearest;
    }

    private static bool Same(char x, char y) => char.ToUpperInvariant(x) == char.ToUpperInvariant(y);
}
