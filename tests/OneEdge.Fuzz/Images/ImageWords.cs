namespace OneEdge.Fuzz.Images;

/// <summary>Values for the words of an image.</summary>
internal sealed class ImageWords
{
    private const ulong Copied = 1UL << 63;
    private const ulong Compressed = 1UL << 62;

    private static readonly ulong[] Interesting =
    [
        0, 1, 2, 7, 8, 9, 511, 512, 513, 4096, 65535, 65536, 65537, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, 0x0002_0000_0000, 1UL << 40,
        1UL << 53, 1UL << 55, 1UL << 56, (1UL << 56) - 512, 0x00FF_FFFF_FFFF_FE00, 0x3F00_0000_0000_01FE, 0x7F00_0000_0000_01FF, Compressed, Copied,
        Copied | Compressed, 0x7FFF_FFFF_FFFF_FFFF, 0x7FFF_FFFF_FFFF_FE00, ulong.MaxValue, ulong.MaxValue - 511,
    ];

    /// <summary>The cluster size that the header tells, or a small one when it tells none.</summary>
    public long ClusterSize(ImageDraft image) => image.Read(20, 4) is var bits and >= 9 and <= 21 ? 1L << (int)bits : 512;

    /// <summary>A value for an entry of a table or an offset.</summary>
    public ulong Value(ImageDraft image, ulong current, Chance chance)
    {
        long cluster = ClusterSize(image);
        switch (chance.Below(12))
        {
            case 0: return 0;
            case 1: return chance.Pick(Interesting);
            case 2: return Place(image, cluster, chance);
            case 3 or 4: return Place(image, cluster, chance) | Copied;
            case 5: return chance.OneIn(2) ? current + (ulong)cluster : current - (ulong)cluster;
            case 6: return unchecked(current + (ulong)(long)(chance.Below(17) - 8));
            case 7: return current ^ (1UL << chance.Below(64));
            case 8: return current ^ (chance.OneIn(2) ? Copied : chance.OneIn(2) ? 1 : Compressed);
            case 9: return CompressedEntry(image, cluster, chance);
            case 10: return (ulong)(Math.Min(image.Length, 1L << 50) + ((chance.Below(5) - 2) * cluster)) & ~((ulong)cluster - 1);
            default: return image.Read(image.Offset(chance.Below(image.Count)) + (chance.Below(64) * 8), 8);
        }
    }

    /// <summary>A value for a count, a size or a refcount.</summary>
    public static ulong Number(ulong current, Chance chance) => chance.Below(6) switch
    {
        0 => chance.Pick(Interesting),
        1 => current + 1,
        2 => current - 1,
        3 => current ^ (1UL << chance.Below(32)),
        4 => (ulong)chance.Below(32),
        _ => unchecked(current + (ulong)(long)(chance.Below(65) - 32)),
    };

    public ulong Bits(Chance chance) => (uint)chance.Below(1 << 16) | ((ulong)(uint)chance.Below(1 << 16) << 16);

    // The beginning of a cluster of which something is there, or of the one behind it.
    private static ulong Place(ImageDraft image, long cluster, Chance chance)
    {
        long at = image.Offset(chance.Below(image.Count)) / cluster * cluster;
        return (ulong)(chance.OneIn(4) ? at + cluster : at);
    }

    private static ulong CompressedEntry(ImageDraft image, long cluster, Chance chance)
    {
        int bits = System.Numerics.BitOperations.Log2((ulong)cluster), shift = 62 - (bits - 8);
        ulong offset = (ulong)image.Offset(chance.Below(image.Count)) + (ulong)(chance.OneIn(2) ? 0 : chance.Below(512));
        return Compressed | ((ulong)(uint)chance.Below(chance.OneIn(4) ? 1 << (bits - 8) : 2) << shift) | (offset & ((1UL << shift) - 1));
    }
}
