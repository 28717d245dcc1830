using System.Buffers.Binary;
using static OneEdge.Storage.HeaderFields;

namespace OneEdge.Storage;

/// <summary>Reads the directory of persistent bitmaps, which counts only as long as its autoclear bit is set. Limits: block/qcow2-bitmap.c of qemu.</summary>
internal static class BitmapDirectoryReader
{
    private const int ExtensionBytes = 24;
    private const int EntryBytes = 24;
    private const int MinGranularityBits = 9;
    private const int MaxGranularityBits = 31;
    private const int MaxNameBytes = 1023;
    private const int MaxTableEntries = 0x8000000;
    private const long MaxBitmapBytes = 0x20000000;
    private const int InUse = 1;
    private const int Auto = 2;
    private const int DirtyTrackingType = 1;
    private const int TableChunk = 65536;

    // A limit of our own: what opening an image may read.
    private const long MaxTableBytes = 256L << 20;

    /// <summary>Reads the directory.</summary>
    /// <param name="source">The image.</param>
    /// <param name="header">Its header.</param>
    /// <param name="file">How messages name it.</param>
    /// <param name="offset">Receives where the directory begins; 0 without one.</param>
    /// <param name="size">Receives its size in bytes.</param>
    public static IReadOnlyList<Qcow2Bitmap> Read(IBlockSource source, Qcow2Header header, string file, out long offset, out long size)
    {
        (offset, size) = (0, 0);
        if (header.Extensions.FirstOrDefault(e => e.Type == Qcow2HeaderExtensionType.Bitmaps) is not { } extension) return [];
        ReadOnlySpan<byte> data = extension.Data.Span;
        if (data.Length != ExtensionBytes) throw Refused(file, $"the bitmaps extension has {data.Length} bytes; it must have {ExtensionBytes}.");
        if (!header.AutoclearFeatures.HasFlag(Qcow2AutoclearFeatures.Bitmaps)) return [];

        uint count = BinaryPrimitives.ReadUInt32BigEndian(data);
        ulong directorySize = BinaryPrimitives.ReadUInt64BigEndian(data[8..]), directoryOffset = BinaryPrimitives.ReadUInt64BigEndian(data[16..]);
        if (BinaryPrimitives.ReadUInt32BigEndian(data[4..]) != 0) throw Refused(file, "a reserved field of the bitmaps extension is not zero.");
        if (count is 0 or > MaxBitmaps) throw Refused(file, $"there are {count} bitmaps; 1 to {MaxBitmaps} are allowed.");
        if (directorySize > (ulong)MaxBitmapDirectoryBytes) throw Refused(
            file, $"the bitmap directory has {directorySize} bytes; at most {MaxBitmapDirectoryBytes} are allowed.");
        if (directoryOffset > long.MaxValue - (ulong)MaxBitmapDirectoryBytes || (directoryOffset & (ulong)(header.ClusterSize - 1)) != 0)
            throw Refused(file, $"the bitmap directory begins at 0x{directoryOffset:x}, which is no multiple of the cluster size.");

        // A directory that says it is larger than what is left of the file is cut; the entries then miss something and are refused.
        (offset, size) = ((long)directoryOffset, (long)directorySize);
        byte[] directory = new byte[Math.Min(size, Math.Max(0, source.Length - offset))];
        source.ReadPadded(offset, directory);
        List<Qcow2Bitmap> bitmaps = Entries(directory, (int)count, header, file);
        CheckTables(source, bitmaps, header, file);
        return bitmaps;
    }

    private static List<Qcow2Bitmap> Entries(ReadOnlySpan<byte> directory, int count, Qcow2Header header, string file)
    {
        List<Qcow2Bitmap> bitmaps = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        while (!directory.IsEmpty)
        {
            if (bitmaps.Count == count) throw Refused(file, $"the bitmap directory has more than the {count} entries that the header says.");
            Qcow2Bitmap bitmap = Entry(ref directory, header, file);
            if (!names.Add(bitmap.Name)) throw Refused(file, $"two bitmaps have the name '{bitmap.Name}'.");
            bitmaps.Add(bitmap);
        }

        return bitmaps.Count == count ? bitmaps : throw Refused(file, $"the bitmap directory has {bitmaps.Count} entries; the header says {count}.");
    }

    private static Qcow2Bitmap Entry(ref ReadOnlySpan<byte> directory, Qcow2Header header, string file)
    {
        if (directory.Length < EntryBytes) throw Refused(file, "the bitmap directory is cut off.");
        ulong tableOffset = BinaryPrimitives.ReadUInt64BigEndian(directory);
        uint tableSize = BinaryPrimitives.ReadUInt32BigEndian(directory[8..]), flags = BinaryPrimitives.ReadUInt32BigEndian(directory[12..]);
        int type = directory[16], granularityBits = directory[17], nameLength = BinaryPrimitives.ReadUInt16BigEndian(directory[18..]);
        uint extraSize = BinaryPrimitives.ReadUInt32BigEndian(directory[20..]);
        if (extraSize != 0) throw Refused(file, "additional data of bitmaps is not supported.");
        if (nameLength is 0 or > MaxNameBytes) throw Refused(file, $"the name of a bitmap has {nameLength} bytes; 1 to {MaxNameBytes} are allowed.");
        int length = (EntryBytes + nameLength + 7) & ~7;
        if (length > directory.Length) throw Refused(file, "the bitmap directory is cut off.");
        string name = FormatText.CString(directory.Slice(EntryBytes, nameLength));
        directory = directory[length..];

        string? wrong = (flags & ~(uint)(InUse | Auto)) != 0 ? $"unknown flags 0x{flags:x}"
            : type != DirtyTrackingType ? $"the unknown type {type}"
            : granularityBits is < MinGranularityBits or > MaxGranularityBits ? $"a granularity of 2^{granularityBits} bytes"
            : tableOffset == 0 || tableOffset > long.MaxValue || (tableOffset & (ulong)(header.ClusterSize - 1)) != 0 ? $"its table at 0x{tableOffset:x}"
            : tableSize is 0 or > MaxTableEntries || ((ulong)tableSize << header.ClusterBits) > MaxBitmapBytes ? $"a table of {tableSize} entries"
            : null;
        if (wrong is not null) throw Refused(file, $"the bitmap '{name}' has {wrong}.");
        if ((flags & InUse) == 0) CheckCoverage(header, file, name, tableSize, granularityBits);
        return new Qcow2Bitmap
        {
            Name = name,
            Granularity = 1L << granularityBits,
            IsInUse = (flags & InUse) != 0,
            IsEnabled = (flags & Auto) != 0,
            TableOffset = (long)tableOffset,
            TableSize = (int)tableSize,
        };
    }

    // A bitmap that was saved covers the virtual size exactly; one in use may be of another size.
    private static void CheckCoverage(Qcow2Header header, string file, string name, uint tableSize, int granularityBits)
    {
        long bytes = Qcow2Sizes.Divide(Qcow2Sizes.Divide(header.VirtualSize, 1L << granularityBits), 8);
        if (Qcow2Sizes.Divide(bytes, header.ClusterSize) != tableSize) throw Refused(file, $"the bitmap '{name}' covers another size than the virtual size.");
    }

    // As qemu, which loads bitmaps that were saved when it opens an image.
    private static void CheckTables(IBlockSource source, IEnumerable<Qcow2Bitmap> bitmaps, Qcow2Header header, string file)
    {
        long left = MaxTableBytes;
        foreach (Qcow2Bitmap bitmap in bitmaps.Where(bitmap => !bitmap.IsInUse))
        {
            // Behind the end of the file entries read as zeroes.
            long length = Math.Min(bitmap.TableSize * 8L, Math.Max(0, source.Length - bitmap.TableOffset));
            if ((left -= length) < 0) throw Refused(file, $"the tables of the bitmaps have more than {MaxTableBytes >> 20} MiB.");
            CheckTable(source, bitmap, length, header, file);
        }
    }

    private static void CheckTable(IBlockSource source, Qcow2Bitmap bitmap, long length, Qcow2Header header, string file)
    {
        byte[] buffer = new byte[Math.Min(length + 7, TableChunk) & ~7];
        for (long at = 0; at < length; at += buffer.Length)
        {
            Span<byte> part = buffer.AsSpan(0, (int)(Math.Min(length - at + 7, buffer.Length) & ~7));
            source.ReadPadded(bitmap.TableOffset + at, part);
            for (; !part.IsEmpty; part = part[8..])
            {
                ulong entry = BinaryPrimitives.ReadUInt64BigEndian(part);
                if (BitmapTableEntry.IsWrong(entry, header.ClusterSize)) throw Refused(
                    file, $"the table of the bitmap '{bitmap.Name}' has the entry 0x{entry:x}.");
            }
        }
    }

    private static Qcow2Exception Refused(string file, string reason) => new(StorageErrorCodes.BitmapDirectory, file, reason);
}
