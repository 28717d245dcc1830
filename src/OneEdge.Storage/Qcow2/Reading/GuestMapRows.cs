namespace OneEdge.Storage;

/// <summary>The rows of a map: extents, joined where they continue each other.</summary>
internal static class GuestMapRows
{
    public static List<GuestExtent> Read(GuestMap map, int maxRows, OperationBudget budget)
    {
        List<GuestExtent> rows = [];
        GuestExtent? pending = null;
        for (long offset = 0; offset < map.Length;)
        {
            budget.Check();
            ChainExtent found = map.Find(offset, map.Length - offset);
            GuestExtent row = Row(found, offset);
            offset += row.Length;
            if (pending is { } before)
            {
                if (Continues(before, row))
                {
                    pending = before with { Length = before.Length + row.Length };
                    continue;
                }

                rows.Add(before);
                if (rows.Count >= maxRows)
                    throw new StorageException(
                        StorageErrorCodes.LimitExceeded, $"The map has more than {maxRows} rows ({nameof(Qcow2Limits)}.{nameof(Qcow2Limits.MaxItems)}).");
            }

            pending = row;
        }

        // An empty disk has one empty row, as in qemu.
        rows.Add(pending ?? new GuestExtent { Start = 0, Length = 0, Depth = 0, IsPresent = false, IsZero = false, IsData = false });
        return rows;
    }

    private static GuestExtent Row(ChainExtent found, long offset)
    {
        Extent extent = found.Extent;
        return new GuestExtent
        {
            Start = offset,
            Length = extent.Length,
            Depth = found.Depth,
            IsPresent = !extent.IsUnallocated,
            IsZero = !extent.IsData,
            IsData = extent.IsData,
            Offset = extent.HasPlace && !found.Layer.Info.IsEncrypted ? extent.HostOffset : null,
        };
    }

    private static bool Continues(GuestExtent before, GuestExtent row) =>
        (before.Depth, before.IsPresent, before.IsZero, before.IsData) == (row.Depth, row.IsPresent, row.IsZero, row.IsData)
        && (before.Offset + before.Length) == row.Offset;
}
