using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using OneEdge.Storage;
using OneEdge.Testing;

namespace OneEdge.Fuzz.Images;

/// <summary>Images that mutations start from.</summary>
internal static class ImageSeeds
{
    private const int MaxImage = 16 << 20;
    private const int KeptDataSectors = 3;
    private static readonly string[] Lists = ["good.jsonl", "hostile.jsonl"];

    /// <summary>The smallest image with all its parts: clusters of 512 bytes, one of them with data.</summary>
    public static byte[] Smallest { get; } = SparseImage.Create(CreateSmallest());

    /// <summary>Every recorded image that is not too large, with little of its guest data.</summary>
    public static IEnumerable<byte[]> Recorded()
    {
        if (ConformanceData.TryFind("storage") is not { } root) yield break;
        foreach (JsonElement image in Lists.SelectMany(file => ConformanceData.Cases("storage", file)))
        {
            string main = image.GetProperty("main").GetString()!;
            foreach (JsonElement file in image.GetProperty("files").EnumerateArray())
            {
                if (file.GetProperty("path").GetString() != main || !file.TryGetProperty("gz", out JsonElement packed)) continue;
                if (file.GetProperty("size").GetInt64() > MaxImage) continue;
                if (Shortened(Unpack(Path.Combine(root, packed.GetString()!))) is { } seed)
                {
                    yield return seed;
                    yield return WithSmallClusters(seed);
                }
            }
        }
    }

    // Offsets are multiples of a smaller cluster size too; what does not fit then is another hostile image, read sooner.
    private static byte[] WithSmallClusters(byte[] seed)
    {
        const int Bits = 9;
        var image = new ImageDraft();
        image.Load(seed);
        ulong tables = Math.Min(Math.Max(image.Read(36, 4), 4), 64);
        image.Write(20, 4, Bits);
        image.Write(36, 4, tables);
        image.Write(24, 8, Math.Min(image.Read(24, 8), tables << ((2 * Bits) - 3)));
        return image.ToInput();
    }

    private static byte[] Unpack(string path)
    {
        using FileStream packed = File.OpenRead(path);
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        var bytes = new MemoryStream();
        unpacked.CopyTo(bytes);
        return bytes.ToArray();
    }

    // Data that is not compressed means nothing to the format; a few sectors of it are enough.
    private static byte[]? Shortened(byte[] image)
    {
        int kept = 0;
        foreach ((long start, long length) in DataOf(image))
        {
            int first = (int)Math.Min(start, image.Length), end = (int)Math.Min(start + length, image.Length);
            if (kept++ < KeptDataSectors) first = Math.Min(first + SparseImage.SectorSize, end);
            image.AsSpan(first, end - first).Clear();
        }

        byte[] input = SparseImage.Create(image);
        return SparseImage.Count(input) is > 0 and <= ImageDraft.MaxSectors ? input : null;
    }

    private static List<(long Start, long Length)> DataOf(byte[] image)
    {
        List<(long, long)> data = [];
        try
        {
            using var source = new StreamBlockSource(new MemoryStream(image), leaveOpen: false);
            DiskImageInfo info = ImageOpener.Describe(source, "seed", DiskImageFormat.Qcow2);
            if (info.Header!.HasExternalDataFile) return [];
            using var layer = new Qcow2Layer(source, info, dataFile: null, new TableCache(1 << 20));
            for (long at = 0; at < info.VirtualSize && data.Count < 1 << 16;)
            {
                Extent extent = layer.Find(at, info.VirtualSize - at);
                if (extent.Kind is ExtentKind.Data or ExtentKind.ZeroAllocated) data.Add((extent.HostOffset, Math.Min(extent.Length, 1 << 30)));
                at += extent.Length;
            }
        }
        catch (StorageException)
        {
            // A hostile one: what was found so far.
        }

        return data;
    }

    private static byte[] CreateSmallest()
    {
        byte[] image = new byte[6 * 512];
        void Word(int at, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(image.AsSpan(at), value);
        Word(0, 0x514649FB_00000003);
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(20), 9);
        Word(24, 32 << 10);
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(36), 1);
        Word(40, 3 * 512);
        Word(48, 512);
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan(56), 1);
        Word(96, (4UL << 32) | 112);
        Word(512, 2 * 512);
        for (int cluster = 0; cluster < 6; cluster++) image[(2 * 512) + (2 * cluster) + 1] = 1;
        Word(3 * 512, (1UL << 63) | (4 * 512));
        Word(4 * 512, (1UL << 63) | (5 * 512));
        image.AsSpan(5 * 512).Fill((byte)'x');
        return image;
    }
}
