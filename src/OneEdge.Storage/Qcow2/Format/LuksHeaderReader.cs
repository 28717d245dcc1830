using System.Buffers.Binary;

namespace OneEdge.Storage;

/// <summary>Reads the LUKS header that the encryption extension points to. Source: the LUKS1 on-disk format specification 1.2.</summary>
internal static class LuksHeaderReader
{
    private const int ExtensionBytes = 16;
    private const int HeaderBytes = 592;
    private const int SectorSize = 512;
    private const int SlotCount = 8;
    private const int SlotsAt = 208;
    private const int SlotBytes = 48;
    private const uint ActiveSlot = 0x00AC71F3;

    private static ReadOnlySpan<byte> Magic => [(byte)'L', (byte)'U', (byte)'K', (byte)'S', 0xBA, 0xBE];

    /// <summary>Reads the header of an image that is encrypted with LUKS; <see langword="null"/> for others.</summary>
    public static LuksHeader? Read(IBlockSource source, Qcow2Header header, string file, out long offset, out long length)
    {
        (offset, length) = (0, 0);
        Qcow2HeaderExtension? extension = header.Extensions.FirstOrDefault(e => e.Type == Qcow2HeaderExtensionType.FullDiskEncryption);
        bool isLuks = header.EncryptionMethod == Qcow2EncryptionMethod.Luks;
        if (extension is null) return isLuks ? throw Refused(file, "the image is encrypted with LUKS, but does not say where the LUKS header lies.") : null;
        if (!isLuks) throw Refused(file, "the image has a LUKS header, but is not encrypted with LUKS.");
        if (extension.Data.Length != ExtensionBytes) throw Refused(
            file, $"the encryption extension has {extension.Data.Length} bytes; it must have {ExtensionBytes}.");
        ulong at = BinaryPrimitives.ReadUInt64BigEndian(extension.Data.Span), size = BinaryPrimitives.ReadUInt64BigEndian(extension.Data.Span[8..]);
        if (at > long.MaxValue / 2 || size > long.MaxValue / 2 || (at & (ulong)(header.ClusterSize - 1)) != 0)
            throw Refused(file, $"the LUKS header lies at 0x{at:x}, which is no multiple of the cluster size.");
        if (size < HeaderBytes) throw Refused(file, $"the LUKS header has {size} bytes; it must have {HeaderBytes}.");

        (offset, length) = ((long)at, (long)size);
        Span<byte> bytes = stackalloc byte[HeaderBytes];
        source.ReadPadded(offset, bytes);
        return Decode(bytes, file);
    }

    private static LuksHeader Decode(ReadOnlySpan<byte> bytes, string file)
    {
        if (!bytes.StartsWith(Magic)) throw Refused(file, "there is no LUKS header where the image says that it lies.");
        ushort version = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        if (version != 1) throw Refused(file, $"LUKS version {version} is not supported in qcow2.");
        string mode = FormatText.CString(bytes[40..72]);
        int dash = mode.IndexOf('-', StringComparison.Ordinal);
        string generator = dash < 0 ? "" : mode[(dash + 1)..];
        int colon = generator.IndexOf(':', StringComparison.Ordinal);
        uint keyBytes = BinaryPrimitives.ReadUInt32BigEndian(bytes[108..]);
        string cipherMode = dash < 0 ? mode : mode[..dash];
        var slots = new LuksKeySlot[SlotCount];
        for (int i = 0; i < SlotCount; i++)
        {
            ReadOnlySpan<byte> slot = bytes.Slice(SlotsAt + (i * SlotBytes), SlotBytes);
            slots[i] = new LuksKeySlot(
                BinaryPrimitives.ReadUInt32BigEndian(slot) == ActiveSlot,
                BinaryPrimitives.ReadUInt32BigEndian(slot[4..]),
                (long)BinaryPrimitives.ReadUInt32BigEndian(slot[40..]) * SectorSize,
                BinaryPrimitives.ReadUInt32BigEndian(slot[44..]));
        }

        return new LuksHeader
        {
            // XTS splits the key in two.
            CipherAlgorithm = $"{FormatText.CString(bytes[8..40])}-{(cipherMode == "xts" ? keyBytes * 4L : keyBytes * 8L)}",
            CipherMode = cipherMode,
            IvGenerator = colon < 0 ? generator : generator[..colon],
            IvHash = colon < 0 ? null : generator[(colon + 1)..],
            Hash = FormatText.CString(bytes[72..104]),
            PayloadOffset = (long)BinaryPrimitives.ReadUInt32BigEndian(bytes[104..]) * SectorSize,
            MasterKeyIterations = BinaryPrimitives.ReadUInt32BigEndian(bytes[164..]),
            Uuid = FormatText.CString(bytes[168..208]),
            Slots = slots,
        };
    }

    private static Qcow2Exception Refused(string file, string reason) => new(StorageErrorCodes.Encryption, file, reason);
}
