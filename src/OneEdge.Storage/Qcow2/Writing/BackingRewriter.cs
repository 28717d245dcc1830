using System.Buffers.Binary;
using System.Text;
using static OneEdge.Storage.HeaderFields;

namespace OneEdge.Storage;

/// <summary>Changes the backing file in the first bytes of an image, and nothing else that it knows or does not know.</summary>
internal static class BackingRewriter
{
    private const int ExtensionHeader = 8;

    /// <summary>Makes the new first bytes.</summary>
    /// <param name="first">The first cluster, as far as the file has it.</param>
    /// <param name="header">What it says.</param>
    /// <param name="backing">The name of the backing file; <see langword="null"/> for none.</param>
    /// <param name="format">Its format; <see langword="null"/> for none.</param>
    /// <param name="file">How messages name the image.</param>
    /// <returns>The header, its extensions and the name; as long as what was there before at least.</returns>
    public static byte[] Rewrite(ReadOnlySpan<byte> first, Qcow2Header header, string? backing, string? format, string file)
    {
        CheckAllowed(header, backing, file);
        byte[] name = Encoding.UTF8.GetBytes(backing ?? "");
        if (name.Length > MaxBackingNameBytes || name.AsSpan().Contains((byte)0))
        {
            throw new Qcow2Exception(
                StorageErrorCodes.BackingName, file, $"the name of the backing file has {name.Length} bytes; it may have {MaxBackingNameBytes} and no NUL.");
        }

        List<Qcow2HeaderExtension> extensions = Extensions(header, format);
        int length = Length(header, extensions, name);
        // Names of features are for messages only: they give way.
        if (length > header.ClusterSize && extensions.RemoveAll(e => e.Type == Qcow2HeaderExtensionType.FeatureNames) > 0)
            length = Length(header, extensions, name);
        if (length > header.ClusterSize)
        {
            throw new Qcow2Exception(
                StorageErrorCodes.BackingName, file, $"the header with the backing name has {length} bytes, more than a cluster ({header.ClusterSize}).");
        }

        byte[] bytes = new byte[Math.Min(header.ClusterSize, Math.Max(length, OldLength(first, header)))];
        first[..Math.Min(first.Length, header.HeaderLength)].CopyTo(bytes);
        Span<byte> rest = bytes.AsSpan(header.HeaderLength);
        foreach (Qcow2HeaderExtension extension in extensions) rest = ImageHeader.WriteExtension(rest, extension.Type, extension.Data.Span);
        if (backing is not null) name.CopyTo(rest[ExtensionHeader..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(BackingFileOffsetAt), backing is null ? 0 : length - name.Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(BackingFileSizeAt), name.Length);
        if (header.Version == 2) return bytes;
        const Qcow2AutoclearFeatures Known = Qcow2AutoclearFeatures.Bitmaps | Qcow2AutoclearFeatures.RawExternalData;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(AutoclearFeaturesAt), (long)(header.AutoclearFeatures & Known));
        return bytes;
    }

    private static void CheckAllowed(Qcow2Header header, string? backing, string file)
    {
        if (header.IncompatibleFeatures.HasFlag(Qcow2IncompatibleFeatures.Corrupt))
        {
            throw new Qcow2Exception(
                StorageErrorCodes.MarkedCorrupt, file, "the image is marked as corrupt, so nothing is written to it. Repair it first (qemu-img check -r all).");
        }

        if (backing is not null && header.AutoclearFeatures.HasFlag(Qcow2AutoclearFeatures.RawExternalData))
            throw new Qcow2Exception(StorageErrorCodes.NotPossible, file, "an image whose guest data is a raw external file has no backing file.");
    }

    // The format stays where it was, or comes first, as qemu writes it.
    private static List<Qcow2HeaderExtension> Extensions(Qcow2Header header, string? format)
    {
        List<Qcow2HeaderExtension> extensions = [.. header.Extensions];
        int at = Math.Max(0, extensions.FindIndex(e => e.Type == Qcow2HeaderExtensionType.BackingFormat));
        extensions.RemoveAll(e => e.Type == Qcow2HeaderExtensionType.BackingFormat);
        if (format is not null) extensions.Insert(at, new Qcow2HeaderExtension(Qcow2HeaderExtensionType.BackingFormat, Encoding.UTF8.GetBytes(format)));
        return extensions;
    }

    private static int Length(Qcow2Header header, List<Qcow2HeaderExtension> extensions, byte[] name) =>
        header.HeaderLength + extensions.Sum(e => ExtensionHeader + ImageHeader.Padded(e.Data.Length)) + ExtensionHeader + name.Length;

    // What lies behind the new bytes must not be read as a part of them.
    private static int OldLength(ReadOnlySpan<byte> first, Qcow2Header header)
    {
        int extensions = header.HeaderLength + header.Extensions.Sum(e => ExtensionHeader + ImageHeader.Padded(e.Data.Length)) + ExtensionHeader;
        long offset = BinaryPrimitives.ReadInt64BigEndian(first[BackingFileOffsetAt..]);
        long size = BinaryPrimitives.ReadUInt32BigEndian(first[BackingFileSizeAt..]);
        return (int)Math.Max(extensions, offset + size);
    }
}
