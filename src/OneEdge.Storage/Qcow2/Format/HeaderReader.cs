using System.Buffers.Binary;
using System.Numerics;
using static OneEdge.Storage.HeaderFields;

namespace OneEdge.Storage;

/// <summary>
/// Reads the header of an image and refuses what qemu refuses when it opens one. Tables that lie behind the end of the file are no error here: they read as
/// zeroes.
/// </summary>
internal sealed class HeaderReader
{
    private readonly HeaderWindow _window;
    private readonly string _file;

    private HeaderReader(IBlockSource source, string file) => (_window, _file) = (new HeaderWindow(source), file);

    /// <summary>Whether a file begins like a qcow2 image of any version.</summary>
    public static bool IsQcow2(IBlockSource source)
    {
        Span<byte> magic = stackalloc byte[4];
        return source.ReadPadded(0, magic) == magic.Length && BinaryPrimitives.ReadUInt32BigEndian(magic) == Magic;
    }

    public static Qcow2Header Read(IBlockSource source, string file) => new HeaderReader(source, file).Read();

    private Qcow2Header Read()
    {
        if (_window.UInt32(0) != Magic) throw Refused(
            StorageErrorCodes.NotQcow2, "this is not a qcow2 image: it does not begin with 'QFI\\xfb'. Give another format if it is meant to be raw.", 0);
        uint version = _window.UInt32(VersionAt);
        if (version is not (2 or 3)) throw Refused(StorageErrorCodes.Version, $"qcow2 version {version} is not supported; 2 and 3 are.", VersionAt);
        uint clusterBits = _window.UInt32(ClusterBitsAt);
        if (clusterBits is < MinClusterBits or > MaxClusterBits)
            throw Refused(
                StorageErrorCodes.Header,
                $"a cluster size of 2^{clusterBits} bytes is not supported; 2^{MinClusterBits} to 2^{MaxClusterBits} are.",
                ClusterBitsAt);

        Qcow2Header header = version == 2 ? Version2((int)clusterBits) : Version3((int)clusterBits);
        CheckCompression(header);
        int extensionsEnd = ReadBackingName(ref header);
        var extensions = new HeaderExtensionReader(_window, header, _file);
        header = extensions.Read(extensionsEnd);
        CheckFeatures(header, extensions.FeatureNames);
        CheckTables(header);
        return header;
    }

    private Qcow2Header Version2(int clusterBits) => Common(clusterBits) with { HeaderLength = Version2Length };

    private Qcow2Header Version3(int clusterBits)
    {
        uint length = _window.UInt32(HeaderLengthAt);
        if (length < Version3Length) throw Refused(
            StorageErrorCodes.Header, $"the header says that it has {length} bytes; version 3 needs {Version3Length}.", HeaderLengthAt);
        if (length > 1u << clusterBits) throw Refused(
            StorageErrorCodes.Header, $"the header says that it has {length} bytes, more than a cluster.", HeaderLengthAt);
        uint order = _window.UInt32(RefcountOrderAt);
        if (order > MaxRefcountOrder) throw Refused(
            StorageErrorCodes.RefcountTable, $"refcounts of 2^{order} bits are not supported; the widest have 64.", RefcountOrderAt);
        return Common(clusterBits) with
        {
            HeaderLength = (int)length,
            IncompatibleFeatures = (Qcow2IncompatibleFeatures)_window.UInt64(IncompatibleFeaturesAt),
            CompatibleFeatures = (Qcow2CompatibleFeatures)_window.UInt64(CompatibleFeaturesAt),
            AutoclearFeatures = (Qcow2AutoclearFeatures)_window.UInt64(AutoclearFeaturesAt),
            RefcountOrder = (int)order,
            CompressionType = length > CompressionTypeAt ? (Qcow2CompressionType)_window.Bytes(CompressionTypeAt, 1).Span[0] : Qcow2CompressionType.Zlib,
        };
    }

    private Qcow2Header Common(int clusterBits)
    {
        ulong size = _window.UInt64(SizeAt);
        if (size > long.MaxValue - SectorSize) throw Refused(StorageErrorCodes.Header, $"a virtual size of {size} bytes is too big.", SizeAt);
        uint crypt = _window.UInt32(CryptMethodAt);
        if (crypt > (uint)Qcow2EncryptionMethod.Luks) throw Refused(
            StorageErrorCodes.Encryption, $"encryption method {crypt} is not supported; 0 to 2 are.", CryptMethodAt);
        return new Qcow2Header
        {
            Version = _window.UInt32(VersionAt) == 2 ? 2 : 3,
            ClusterBits = clusterBits,
            VirtualSize = (long)(size & ~(ulong)(SectorSize - 1)),
            EncryptionMethod = (Qcow2EncryptionMethod)crypt,
            L1Size = Count(L1SizeAt, MaxL1Bytes / 8, StorageErrorCodes.L1Table, "the L1 table has {0} entries; at most {1} are allowed."),
            L1TableOffset = TableOffset(L1TableOffsetAt, clusterBits, StorageErrorCodes.L1Table, "the L1 table"),
            RefcountTableClusters = Count(
                RefcountTableClustersAt,
                MaxRefcountTableBytes >> clusterBits,
                StorageErrorCodes.RefcountTable,
                "the refcount table has {0} clusters; at most {1} are allowed."),
            RefcountTableOffset = TableOffset(RefcountTableOffsetAt, clusterBits, StorageErrorCodes.RefcountTable, "the refcount table"),
            SnapshotCount = Count(SnapshotCountAt, MaxSnapshots, StorageErrorCodes.SnapshotTable, "there are {0} snapshots; at most {1} are allowed."),
            SnapshotsOffset = TableOffset(SnapshotsOffsetAt, clusterBits, StorageErrorCodes.SnapshotTable, "the snapshot table"),
            HeaderLength = 0,
        };
    }

    // Returns where the list of extensions ends.
    private int ReadBackingName(ref Qcow2Header header)
    {
        ulong offset = _window.UInt64(BackingFileOffsetAt);
        if (offset == 0) return header.ClusterSize;
        if (offset > (ulong)header.ClusterSize)
            throw Refused(StorageErrorCodes.BackingName, $"the name of the backing file begins at {offset}, behind the first cluster.", BackingFileOffsetAt);
        uint length = _window.UInt32(BackingFileSizeAt);
        if (length > Math.Min(MaxBackingNameBytes, header.ClusterSize - (int)offset))
            throw Refused(
                StorageErrorCodes.BackingName,
                $"the name of the backing file has {length} bytes; it may have {MaxBackingNameBytes}, within the first cluster.",
                BackingFileSizeAt);
        header = header with { BackingFile = FormatText.CString(_window.Bytes((int)offset, (int)length).Span) is { Length: > 0 } name ? name : null };
        return (int)offset;
    }

    private void CheckCompression(Qcow2Header header)
    {
        if (!Enum.IsDefined(header.CompressionType))
            throw Refused(
                StorageErrorCodes.UnknownFeature,
                $"compression type {(int)header.CompressionType} is not supported; 0 (zlib) and 1 (zstd) are.",
                CompressionTypeAt);
        bool hasBit = header.IncompatibleFeatures.HasFlag(Qcow2IncompatibleFeatures.CompressionType);
        if (hasBit != (header.CompressionType != Qcow2CompressionType.Zlib))
            throw Refused(
                StorageErrorCodes.UnknownFeature,
                $"compression type {(int)header.CompressionType} and incompatible feature bit 3 contradict each other.",
                IncompatibleFeaturesAt);
    }

    private void CheckFeatures(Qcow2Header header, FeatureNames names)
    {
        const Qcow2IncompatibleFeatures Known = Qcow2IncompatibleFeatures.Dirty | Qcow2IncompatibleFeatures.Corrupt | Qcow2IncompatibleFeatures.ExternalDataFile
            | Qcow2IncompatibleFeatures.CompressionType | Qcow2IncompatibleFeatures.ExtendedL2;
        ulong unknown = (ulong)(header.IncompatibleFeatures & ~Known);
        if (unknown != 0)
        {
            int bit = BitOperations.TrailingZeroCount(unknown);
            throw Refused(
                StorageErrorCodes.UnknownFeature,
                $"the image needs the feature {names.Of(FeatureNames.Incompatible, bit)}, which is not known here.",
                IncompatibleFeaturesAt);
        }

        if (header.SubclusterSize < MinSubclusterSize)
            throw Refused(
                StorageErrorCodes.Header,
                $"subclusters of {header.SubclusterSize} bytes are not supported; the smallest have {MinSubclusterSize}.",
                ClusterBitsAt);
    }

    private void CheckTables(Qcow2Header header)
    {
        if (header.RefcountTableClusters == 0) throw Refused(StorageErrorCodes.RefcountTable, "the image has no refcount table.", RefcountTableClustersAt);
        CheckEnd(header.L1TableOffset, header.L1Size * 8L, StorageErrorCodes.L1Table, "the L1 table", L1TableOffsetAt);
        CheckEnd(
            header.RefcountTableOffset,
            (long)header.RefcountTableClusters << header.ClusterBits,
            StorageErrorCodes.RefcountTable,
            "the refcount table",
            RefcountTableOffsetAt);
        CheckEnd(
            header.SnapshotsOffset, (long)header.SnapshotCount * SnapshotHeaderBytes, StorageErrorCodes.SnapshotTable, "the snapshot table", SnapshotsOffsetAt);
        long needed = L1EntriesFor(header, (long)_window.UInt64(SizeAt));
        if (needed > int.MaxValue) throw Refused(
            StorageErrorCodes.L1Table, $"a virtual size of {header.VirtualSize} bytes is too big for clusters of {header.ClusterSize}.", SizeAt);
        if (header.L1Size < needed)
            throw Refused(
                StorageErrorCodes.L1Table, $"the L1 table has {header.L1Size} entries; a virtual size of {header.VirtualSize} bytes needs {needed}.", L1SizeAt);
    }

    private static long L1EntriesFor(Qcow2Header header, long size) => (size / header.L2Coverage) + (size % header.L2Coverage > 0 ? 1 : 0);

    private int Count(int at, int limit, string code, string message)
    {
        uint count = _window.UInt32(at);
        return count <= limit ? (int)count : throw Refused(code, string.Format(System.Globalization.CultureInfo.InvariantCulture, message, count, limit), at);
    }

    private long TableOffset(int at, int clusterBits, string code, string what)
    {
        ulong offset = _window.UInt64(at);
        if (offset > long.MaxValue || (offset & ((1UL << clusterBits) - 1)) != 0) throw Refused(
            code, $"{what} begins at 0x{offset:x}, which is no multiple of the cluster size.", at);
        return (long)offset;
    }

    private void CheckEnd(long offset, long length, string code, string what, int at)
    {
        if (long.MaxValue - length < offset) throw Refused(code, $"{what} begins at 0x{offset:x} and has {length} bytes, more than a file can have.", at);
    }

    private Qcow2Exception Refused(string code, string reason, int at) => new(code, _file, reason, at);
}
