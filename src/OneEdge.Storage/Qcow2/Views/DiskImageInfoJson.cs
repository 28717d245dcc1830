using System.Text.Json;

namespace OneEdge.Storage;

/// <summary>Writes what <c>qemu-img info --output=json</c> of qemu 7.2 prints, in the order of its names in the QAPI schema.</summary>
internal static class DiskImageInfoJson
{
    public static string Of(DiskImageInfo info, bool indented) => ImageJson.Text(indented, writer => Write(writer, info));

    public static string Of(IEnumerable<DiskImageInfo> chain, bool indented) => ImageJson.Text(indented, writer => writer.WriteArray(chain, Write));

    private static void Write(Utf8JsonWriter writer, DiskImageInfo info)
    {
        writer.WriteStartObject();
        writer.WriteString("filename", info.File);
        writer.WriteString("format", info.Format == DiskImageFormat.Raw ? "raw" : "qcow2");
        writer.WriteNumber("virtual-size", info.VirtualSize);
        if (info.ActualSize is { } actual) writer.WriteNumber("actual-size", actual);
        writer.WriteBoolean("dirty-flag", info.Header?.IncompatibleFeatures.HasFlag(Qcow2IncompatibleFeatures.Dirty) ?? false);
        if (info.Header is { } header) WriteQcow2(writer, info, header);
        writer.WriteEndObject();
    }

    private static void WriteQcow2(Utf8JsonWriter writer, DiskImageInfo info, Qcow2Header header)
    {
        writer.WriteNumber("cluster-size", header.ClusterSize);
        if (info.IsEncrypted) writer.WriteBoolean("encrypted", true);
        if (header.BackingFile is { } backing)
        {
            writer.WriteString("backing-filename", backing);
            writer.WriteString("full-backing-filename", info.FullBackingFile);
            if (header.BackingFormat is { } format) writer.WriteString("backing-filename-format", format);
        }

        if (info.Snapshots.Count > 0) WriteSnapshots(writer, info.Snapshots);
        writer.WriteStartObject("format-specific");
        writer.WriteString("type", "qcow2");
        writer.WriteStartObject("data");
        WriteSpecific(writer, info, header);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteSpecific(Utf8JsonWriter writer, DiskImageInfo info, Qcow2Header header)
    {
        writer.WriteString("compat", header.Version == 2 ? "0.10" : "1.1");
        if (header.Version > 2)
        {
            writer.WriteBoolean("lazy-refcounts", header.CompatibleFeatures.HasFlag(Qcow2CompatibleFeatures.LazyRefcounts));
            writer.WriteBoolean("corrupt", header.IncompatibleFeatures.HasFlag(Qcow2IncompatibleFeatures.Corrupt));
            writer.WriteBoolean("extended-l2", header.HasExtendedL2);
            if (header.HasExternalDataFile)
            {
                if (header.DataFile is { } dataFile) writer.WriteString("data-file", dataFile);
                writer.WriteBoolean("data-file-raw", header.AutoclearFeatures.HasFlag(Qcow2AutoclearFeatures.RawExternalData));
            }
        }

        writer.WriteString("compression-type", header.CompressionType == Qcow2CompressionType.Zstd ? "zstd" : "zlib");
        writer.WriteNumber("refcount-bits", header.RefcountBits);
        if (info.Bitmaps.Count > 0) WriteBitmaps(writer, info.Bitmaps);
        if (info.IsEncrypted) WriteEncryption(writer, info.Luks);
    }

    private static void WriteSnapshots(Utf8JsonWriter writer, IReadOnlyList<Qcow2Snapshot> snapshots)
    {
        const ulong Second = 1_000_000_000;
        writer.WriteStartArray("snapshots");
        foreach (Qcow2Snapshot snapshot in snapshots)
        {
            writer.WriteStartObject();
            writer.WriteString("id", snapshot.Id);
            writer.WriteString("name", snapshot.Name);
            writer.WriteNumber("vm-state-size", snapshot.MachineStateSize);
            writer.WriteNumber("date-sec", snapshot.Seconds);
            writer.WriteNumber("date-nsec", snapshot.Nanoseconds);
            writer.WriteNumber("vm-clock-sec", snapshot.GuestClockNanoseconds / Second);
            writer.WriteNumber("vm-clock-nsec", snapshot.GuestClockNanoseconds % Second);
            if (snapshot.InstructionCount is { } count) writer.WriteNumber("icount", count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteBitmaps(Utf8JsonWriter writer, IReadOnlyList<Qcow2Bitmap> bitmaps)
    {
        writer.WriteStartArray("bitmaps");
        foreach (Qcow2Bitmap bitmap in bitmaps)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("flags");
            if (bitmap.IsInUse) writer.WriteStringValue("in-use");
            if (bitmap.IsEnabled) writer.WriteStringValue("auto");
            writer.WriteEndArray();
            writer.WriteString("name", bitmap.Name);
            writer.WriteNumber("granularity", bitmap.Granularity);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteEncryption(Utf8JsonWriter writer, LuksHeader? luks)
    {
        writer.WriteStartObject("encrypt");
        writer.WriteString("format", luks is null ? "aes" : "luks");
        if (luks is not null)
        {
            writer.WriteString("cipher-alg", luks.CipherAlgorithm);
            writer.WriteString("cipher-mode", luks.CipherMode);
            writer.WriteString("ivgen-alg", luks.IvGenerator);
            if (luks.IvHash is { } ivHash) writer.WriteString("ivgen-hash-alg", ivHash);
            writer.WriteString("hash-alg", luks.Hash);
            writer.WriteNumber("payload-offset", luks.PayloadOffset);
            writer.WriteNumber("master-key-iters", luks.MasterKeyIterations);
            writer.WriteString("uuid", luks.Uuid);
            writer.WriteStartArray("slots");
            foreach (LuksKeySlot slot in luks.Slots) WriteSlot(writer, slot);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteSlot(Utf8JsonWriter writer, LuksKeySlot slot)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("active", slot.IsActive);
        if (slot.IsActive)
        {
            writer.WriteNumber("iters", slot.Iterations);
            writer.WriteNumber("stripes", slot.Stripes);
        }

        writer.WriteNumber("key-offset", slot.KeyOffset);
        writer.WriteEndObject();
    }
}
