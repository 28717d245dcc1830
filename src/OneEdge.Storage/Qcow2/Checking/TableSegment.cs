namespace OneEdge.Storage;

/// <summary>A part of the file that the same tables take.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Tables">How many tables take it.</param>
/// <param name="TableStart">Where one of them begins.</param>
internal readonly record struct TableSegment(long Start, long End, ulong Tables, long TableStart)
{
    /// <summary>
    /// Cuts tables that may overlap into segments that do not. So 65,536 snapshots that share one L1 table, or have them one into the other, cost no more
    /// than the bytes that they take.
    /// </summary>
    public static IEnumerable<TableSegment> Of(IReadOnlyCollection<TableRange> tables)
    {
        TableRange[] byStart = [.. tables.OrderBy(table => table.Start)];
        long[] ends = [.. tables.Select(table => table.End).Order()];
        long position = 0;
        ulong depth = 0;
        // The table that goes furthest takes every segment that any of those begun takes.
        TableRange furthest = default;
        for (int begun = 0, ended = 0; ended < ends.Length;)
        {
            bool begins = begun < byStart.Length && byStart[begun].Start <= ends[ended];
            long next = begins ? byStart[begun].Start : ends[ended];
            if (depth > 0 && next > position) yield return new TableSegment(position, next, depth, furthest.Start);
            position = next;
            if (begins)
            {
                if (byStart[begun].End > furthest.End) furthest = byStart[begun];
                begun++;
                depth++;
            }
            else
            {
                ended++;
                depth--;
            }
        }
    }
}
