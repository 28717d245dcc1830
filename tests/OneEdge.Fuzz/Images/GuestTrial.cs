using OneEdge.Storage;

namespace OneEdge.Fuzz.Images;

/// <summary>What a guest sees, by its map and by reading it.</summary>
internal sealed class GuestTrial(Qcow2OpenOptions options, SparseSource source)
{
    private const int MaxRows = 3;
    private const int MaxRead = 1024;
    private readonly byte[] _one = new byte[MaxRead];
    private readonly byte[] _other = new byte[MaxRead];

    /// <summary>Maps and reads.</summary>
    /// <param name="map">What the guest sees.</param>
    /// <param name="rows">Receives the rows of the map, when it could be made.</param>
    /// <returns>Why it could not.</returns>
    public StorageException? Run(GuestMap map, out IReadOnlyList<GuestExtent>? rows)
    {
        rows = null;
        StorageException? wrong = null;
        try
        {
            rows = GuestMapRows.Read(map, options.Limits.MaxItems, new OperationBudget(options, CancellationToken.None));
            CheckRows(rows, map.Length);
        }
        catch (StorageException e)
        {
            wrong = e;
        }

        using var first = new GuestReader(map, new OperationBudget(Qcow2OpenOptions.Default, CancellationToken.None));
        using var second = new GuestReader(map, new OperationBudget(Qcow2OpenOptions.Default, CancellationToken.None));
        if (rows is null)
        {
            foreach (long offset in new[] { 0, map.Length / 2, map.Length - MaxRead }) Read(first, second, Math.Max(0, offset), map.Length);
            return wrong;
        }

        int last = Math.Max(MaxRows, rows.Count - 1);
        for (int i = 0; i < Math.Min(rows.Count, MaxRows); i++) ReadRow(first, second, map, rows[i]);
        if (last < rows.Count) ReadRow(first, second, map, rows[last]);
        return wrong;
    }

    private static void CheckRows(IReadOnlyList<GuestExtent> rows, long length)
    {
        long at = 0;
        foreach (GuestExtent row in rows)
        {
            // An empty guest has one empty row.
            bool fits = row.Start == at && (length == 0 || (row.Length > 0 && row.IsZero != row.IsData && (row.IsPresent || row.IsZero)));
            OracleException.Check(fits, "the rows of a map cover the guest without gaps, each as data or zeroes", () => $"{row} at {at}");
            at += row.Length;
        }

        OracleException.Check(at == length, "the rows of a map end where the guest ends", () => $"{at} of {length}");
    }

    private void ReadRow(GuestReader first, GuestReader second, GuestMap map, GuestExtent row)
    {
        if (row.Length == 0) return;
        for (long offset = row.Start, next = row.Start + row.Length - MaxRead; ; offset = next)
        {
            StorageException? refused = Read(first, second, offset, row.Start + row.Length);
            ReadOnlySpan<byte> bytes = _one.AsSpan(0, (int)Math.Min(MaxRead, row.Start + row.Length - offset));
            if (refused is not null)
            {
                // Compressed data may be corrupt, and encrypted data is not read: neither has a place in a map.
                bool may = row.IsData && row.Offset is null && refused.Code is StorageErrorCodes.CorruptData or StorageErrorCodes.Encrypted;
                OracleException.Check(may, "what is mapped can be read", () => $"{row}: {refused}");
                return;
            }

            if (row.IsZero)
                OracleException.Check(!bytes.ContainsAnyExcept((byte)0), "what a map calls zero reads as zeroes", () => $"{row} at {offset}");
            else if (row.Offset is { } host) CheckData(map.Find(offset, 1).Layer, bytes, host + (offset - row.Start), row);
            if (offset >= next) return;
        }
    }

    private void CheckData(ImageLayer layer, ReadOnlySpan<byte> bytes, long host, GuestExtent row)
    {
        Span<byte> expected = _other.AsSpan(0, bytes.Length);
        int read = (layer.Data == layer.Source && row.Depth == 0 ? source : layer.Data).Read(host, expected);
        expected[Math.Max(read, 0)..].Clear();
        OracleException.Check(bytes.SequenceEqual(expected), "data is what the file has where the map says", () => $"{row} at 0x{host:x}");
    }

    // The same twice: at once, and in two parts by another reader, the second part first.
    private StorageException? Read(GuestReader first, GuestReader second, long offset, long end)
    {
        int length = (int)Math.Min(MaxRead, end - offset), cut = length / 3;
        StorageException? refused = Try(first, offset, _one.AsSpan(0, length));
        StorageException? later = Try(second, offset + cut, _other.AsSpan(cut, length - cut));
        StorageException? again = Try(second, offset, _other.AsSpan(0, cut)) ?? later;
        // Of several errors, which one is met first depends on where reading begins.
        OracleException.Check(refused is null == again is null, "a part of the guest reads the same twice", () => $"{offset}: {refused} and {again}");
        if (refused is not null) return refused;
        OracleException.Check(_one.AsSpan(0, length).SequenceEqual(_other.AsSpan(0, length)), "a part of the guest reads the same twice", () => $"{offset}");
        return null;
    }

    private static StorageException? Try(GuestReader reader, long offset, Span<byte> buffer)
    {
        try
        {
            reader.Read(offset, buffer);
            return null;
        }
        catch (StorageException e)
        {
            return e;
        }
    }
}
