namespace OneEdge.Storage;

/// <summary>Writes new images without data.</summary>
internal static class NewImageWriter
{
    private const int ZeroBytes = 1 << 20;

    /// <summary>Makes one image, and the file for its data if it has one, durable when this returns.</summary>
    public static void Create(string path, string name, NewImageLayout layout, byte[] header, bool hasBacking, CancellationToken cancellationToken)
    {
        using NewDataFile? data = NewDataFile.Create(path, name, layout, cancellationToken);
        using StagedFile file = StagedFile.Create(path, name, layout.Options.Overwrites);
        Fill(file, layout, header, layout.Tables(hasBacking), cancellationToken);
        file.Flush();
        cancellationToken.ThrowIfCancellationRequested();
        // No image ever is without its data file.
        data?.Publish();
        file.Publish();
        data?.Keep();
        StagedFile.FlushDirectory(file.Directory);
    }

    /// <summary>Writes header and tables, and gives the rest a place as the options say.</summary>
    public static void Fill(
        StagedFile file, NewImageLayout layout, byte[] header, IEnumerable<(long Offset, byte[] Bytes)> tables, CancellationToken cancellationToken)
    {
        file.SetLength(layout.FileLength);
        if (layout.Options.UsedPreallocation is Qcow2Preallocation.Falloc or Qcow2Preallocation.Full) file.Reserve(0, layout.FileLength);
        foreach ((long offset, byte[] bytes) in tables)
        {
            cancellationToken.ThrowIfCancellationRequested();
            file.Write(offset, bytes);
        }

        if (layout.Options.Preallocation == Qcow2Preallocation.Full) WriteZeroes(file, layout.DataOffset, layout.FileLength, cancellationToken);
        file.Write(0, header);
    }

    /// <summary>Writes zeroes that take room.</summary>
    public static void WriteZeroes(StagedFile file, long offset, long end, CancellationToken cancellationToken)
    {
        byte[] zeroes = new byte[ZeroBytes];
        for (; offset < end; offset += zeroes.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            file.Write(offset, zeroes.AsSpan(0, (int)Math.Min(zeroes.Length, end - offset)));
        }
    }
}
