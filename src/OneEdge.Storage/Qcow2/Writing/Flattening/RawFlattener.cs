namespace OneEdge.Storage;

/// <summary>Writes what the guest sees to a raw file with holes, several parts at a time.</summary>
internal sealed class RawFlattener(GuestMap map, IReadOnlyList<GuestReader> readers, StagedFile file, FlattenMeter meter, OperationBudget budget)
{
    private const long Part = 16 << 20;
    private const int ReadBytes = 1 << 20;
    private const int SmallRead = 256 << 10;

    public void Run()
    {
        file.SetLength(map.Length);
        FlattenWork.InParallel(
            Qcow2Sizes.Divide(map.Length, Part),
            [.. readers.Select(reader => (Reader: reader, Buffer: GC.AllocateUninitializedArray<byte>(ReadBytes)))],
            (index, own) => Copy(index * Part, Math.Min((index + 1) * Part, map.Length), own.Reader, own.Buffer));
    }

    private void Copy(long offset, long end, GuestReader reader, byte[] buffer)
    {
        while (offset < end)
        {
            budget.Check();
            Extent extent = map.Find(offset, end - offset).Extent;
            if (!extent.IsData)
            {
                meter.Add(extent.Length, 0);
                offset += extent.Length;
                continue;
            }

            // Little extents are read with what follows them.
            int length = (int)Math.Min(end - offset, Math.Clamp(extent.Length, SmallRead, ReadBytes));
            Span<byte> bytes = buffer.AsSpan(0, length);
            reader.Read(offset, bytes);
            meter.Add(length, file.WriteData(offset, bytes));
            offset += length;
        }
    }
}
