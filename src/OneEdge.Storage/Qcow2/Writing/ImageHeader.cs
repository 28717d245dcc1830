using System.Buffers.Binary;
using System.Text;
using static OneEdge.Storage.HeaderFields;

namespace OneEdge.Storage;

/// <summary>What the header of a new image says, and its bytes: field by field as qemu 7.2 writes them. Source: docs/interop/qcow2 of qemu.</summary>
internal sealed record ImageHeader
{
    private const int WrittenLength = 112;
    private const int ExtensionHeader = 8;
    private const int FeatureNameBytes = 48;

    // Names of features are for messages only: qemu leaves them out where room is scarce.
    private const int MinClusterSizeForNames = 8192;

    private static readonly (byte Kind, byte Bit, string Name)[] FeatureNames =
    [
        (0, 0, "dirty bit"), (0, 1, "corrupt bit"), (0, 2, "external data file"), (0, 3, "compression type"), (0, 4, "extended L2 entries"),
        (1, 0, "lazy refcounts"), (2, 0, "bitmaps"), (2, 1, "raw external data"),
    ];

    public required Qcow2CreateOptions Options { get; init; }

    public required long VirtualSize { get; init; }

    public required int L1Size { get; init; }

    public required long L1TableOffset { get; init; }

    public required long RefcountTableOffset { get; init; }

    public required int RefcountTableClusters { get; init; }

    public string? BackingFile { get; init; }

    public string? BackingFormat { get; init; }

    /// <summary>The first bytes of the file.</summary>
    /// <param name="file">How messages name the image.</param>
    /// <exception cref="Qcow2Exception">The name of the backing file does not fit.</exception>
    public byte[] ToBytes(string file)
    {
        byte[] name = Encoding.UTF8.GetBytes(BackingFile ?? ""), format = Encoding.UTF8.GetBytes(BackingFormat ?? "");
        byte[] data = Encoding.UTF8.GetBytes(Options.DataFile ?? "");
        if (name.Length > MaxBackingNameBytes || name.AsSpan().Contains((byte)0))
        {
            throw new Qcow2Exception(
                StorageErrorCodes.BackingName, file, $"the name of the backing file has {name.Length} bytes; it may have {MaxBackingNameBytes} and no NUL.");
        }

        int start = Options.Version == 2 ? Version2Length : WrittenLength, end = ExtensionHeader;
        int formatSize = format.Length == 0 ? 0 : ExtensionHeader + Padded(format.Length);
        int dataSize = data.Length == 0 ? 0 : ExtensionHeader + Padded(data.Length);
        int namesSize = ExtensionHeader + (FeatureNames.Length * FeatureNameBytes);
        bool hasNames = Options.Version > 2 && Options.ClusterSize >= MinClusterSizeForNames;
        int length = start + formatSize + dataSize + (hasNames ? namesSize : 0) + end + name.Length;
        if (length > Options.ClusterSize)
        {
            throw new Qcow2Exception(
                StorageErrorCodes.BackingName,
                file,
                $"the header with the names of other files has {length} bytes, more than a cluster ({Options.ClusterSize}). "
                + "Use larger clusters or shorter names.");
        }

        byte[] bytes = new byte[length];
        WriteFields(bytes);
        Span<byte> rest = bytes.AsSpan(start);
        if (formatSize > 0) rest = WriteExtension(rest, Qcow2HeaderExtensionType.BackingFormat, format);
        if (dataSize > 0) rest = WriteExtension(rest, Qcow2HeaderExtensionType.ExternalDataFile, data);
        if (hasNames) rest = WriteExtension(rest, Qcow2HeaderExtensionType.FeatureNames, FeatureNameTable());
        if (BackingFile is null) return bytes;
        name.CopyTo(rest[end..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(BackingFileOffsetAt), length - name.Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(BackingFileSizeAt), name.Length);
        return bytes;
    }

    /// <summary>Appends a header extension.</summary>
    /// <returns>What is left behind it.</returns>
    public static Span<byte> WriteExtension(Span<byte> target, uint type, ReadOnlySpan<byte> data)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target, type);
        BinaryPrimitives.WriteInt32BigEndian(target[4..], data.Length);
        data.CopyTo(target[ExtensionHeader..]);
        return target[(ExtensionHeader + Padded(data.Length))..];
    }

    /// <summary>The length of the data of a header extension with its padding.</summary>
    public static int Padded(int length) => (length + 7) & ~7;

    private void WriteFields(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32BigEndian(bytes[VersionAt..], Options.Version);
        BinaryPrimitives.WriteInt32BigEndian(bytes[ClusterBitsAt..], Options.ClusterBits);
        BinaryPrimitives.WriteInt64BigEndian(bytes[SizeAt..], VirtualSize);
        BinaryPrimitives.WriteInt32BigEndian(bytes[L1SizeAt..], L1Size);
        BinaryPrimitives.WriteInt64BigEndian(bytes[L1TableOffsetAt..], L1TableOffset);
        BinaryPrimitives.WriteInt64BigEndian(bytes[RefcountTableOffsetAt..], RefcountTableOffset);
        BinaryPrimitives.WriteInt32BigEndian(bytes[RefcountTableClustersAt..], RefcountTableClusters);
        if (Options.Version == 2) return;
        Qcow2IncompatibleFeatures incompatible = Qcow2IncompatibleFeatures.None;
        if (Options.HasExtendedL2) incompatible |= Qcow2IncompatibleFeatures.ExtendedL2;
        if (Options.CompressionType == Qcow2CompressionType.Zstd) incompatible |= Qcow2IncompatibleFeatures.CompressionType;
        if (Options.DataFile is not null) incompatible |= Qcow2IncompatibleFeatures.ExternalDataFile;
        BinaryPrimitives.WriteInt64BigEndian(bytes[IncompatibleFeaturesAt..], (long)incompatible);
        Qcow2CompatibleFeatures compatible = Options.HasLazyRefcounts ? Qcow2CompatibleFeatures.LazyRefcounts : Qcow2CompatibleFeatures.None;
        BinaryPrimitives.WriteInt64BigEndian(bytes[CompatibleFeaturesAt..], (long)compatible);
        if (Options.HasRawDataFile) BinaryPrimitives.WriteInt64BigEndian(bytes[AutoclearFeaturesAt..], (long)Qcow2AutoclearFeatures.RawExternalData);
        BinaryPrimitives.WriteInt32BigEndian(bytes[RefcountOrderAt..], Options.RefcountOrder);
        BinaryPrimitives.WriteInt32BigEndian(bytes[HeaderLengthAt..], WrittenLength);
        bytes[CompressionTypeAt] = (byte)Options.CompressionType;
    }

    private static byte[] FeatureNameTable()
    {
        byte[] table = new byte[FeatureNames.Length * FeatureNameBytes];
        for (int i = 0; i < FeatureNames.Length; i++)
        {
            Span<byte> entry = table.AsSpan(i * FeatureNameBytes, FeatureNameBytes);
            (entry[0], entry[1]) = (FeatureNames[i].Kind, FeatureNames[i].Bit);
            Encoding.ASCII.GetBytes(FeatureNames[i].Name, entry[2..]);
        }

        return table;
    }
}
