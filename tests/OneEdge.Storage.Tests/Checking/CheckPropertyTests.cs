using CsCheck;

namespace OneEdge.Storage.Tests;

/// <summary>Random images of qemu with random bytes changed in their metadata come to what qemu-img says, with all its counters.</summary>
public sealed class CheckPropertyTests
{
    private const int Images = 30;
    private const int DamagesOfEach = 4;

    private static readonly string[] Options =
    [
        "compat=0.10", "compat=1.1", "extended_l2=on,cluster_size=16384", "cluster_size=512", "cluster_size=4096,refcount_bits=1",
        "cluster_size=4096,refcount_bits=4", "refcount_bits=64", "refcount_bits=8,cluster_size=2048", "lazy_refcounts=on,cluster_size=32768",
        "cluster_size=2M", "compression_type=zstd,cluster_size=8192",
    ];

    [Fact]
    public void Damaged_image_comes_to_what_qemu_tells() => Gen.UInt.Sample(seed => Compare(seed).GetAwaiter().GetResult(), iter: Images, threads: 1);

    private static async Task Compare(uint seed)
    {
        var random = new Random((int)seed);
        using CheckedImage image = Make(random);
        byte[] whole = await File.ReadAllBytesAsync(image.File);
        List<(long Start, long Length)> metadata = Metadata(image, whole.Length);
        for (int i = 0; i < DamagesOfEach; i++)
        {
            await File.WriteAllBytesAsync(image.File, whole);
            if (i > 0) Damage(image, metadata, random);
            if (random.Next(8) == 0) image.SetLength(random.Next(1, whole.Length));
            (int Exit, string? Json, string Error) judge = image.Judge();
            try
            {
                CheckedImage.AssertSame(await image.Check(), judge);
            }
            catch (Qcow2Exception refused)
            {
                Assert.True(judge.Exit == 1, $"qemu-img came to {judge.Exit}, the library said: {refused.Message}");
            }
        }
    }

    private static CheckedImage Make(Random random)
    {
        string options = Options[random.Next(Options.Length)];
        CheckedImage image = CheckedImage.Create(options, $"{random.Next(1200, 4096) * 1024}", "write 0 1k");
        for (int i = random.Next(5); i > 0; i--) Change(image, options, random);
        return image;
    }

    private static void Change(CheckedImage image, string options, Random random)
    {
        bool isVersion2 = options.Contains("0.10", StringComparison.Ordinal);
        int at = random.Next(16) * 64, length = random.Next(1, 8) * 16;
        switch (random.Next(7))
        {
            case 0 when !options.Contains("refcount_bits=1", StringComparison.Ordinal):
                // qemu-img refuses a snapshot now and then, for example when a cluster would have too many users; the image stays as it was.
                image.MakeIfPossible("snapshot", "-c", $"s{random.Next()}", image.File);
                break;
            case 1 when !isVersion2:
                image.Make("bitmap", "--add", "-g", "64k", image.File, $"b{random.Next()}");
                break;
            case 2 when !isVersion2:
                image.Make("resize", "-q", image.File, "+1M");
                break;
            case 3 when !options.Contains("2M", StringComparison.Ordinal):
                // Refused where a cluster is allocated already.
                image.TryWrite($"write -c -P 5 {at}k 64k");
                break;
            default:
                image.Write($"{(random.Next(4) == 0 ? "write -z" : "write")} {at}k {length}k");
                break;
        }
    }

    // Header fields that a check reads, and the clusters of all tables.
    private static List<(long Start, long Length)> Metadata(CheckedImage image, long fileLength)
    {
        long cluster = 1L << (int)(image.Peek64(20) >> 32), mask = ~(cluster - 1) & 0x00ff_ffff_ffff_ffff;
        List<(long, long)> found = [(36, 20), (60, 12), (72, 8)];
        foreach (long pointer in new long[] { 40, 48, 64 })
        {
            long table = (long)image.Peek64(pointer);
            if (table == 0) continue;
            found.Add((table, 96));
            for (long at = table; at < table + 96; at += 8)
            {
                long below = (long)image.Peek64(at) & mask;
                if (below > 0 && below < fileLength) found.Add((below, Math.Min(cluster, 512)));
            }
        }

        return found;
    }

    private static void Damage(CheckedImage image, List<(long Start, long Length)> metadata, Random random)
    {
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            (long start, long length) = metadata[random.Next(metadata.Count)];
            long at = start + random.NextInt64(length), word = start + (random.NextInt64(Math.Max(1, length / 8)) * 8);
            (long from, long fromLength) = metadata[random.Next(metadata.Count)];
            switch (random.Next(4))
            {
                case 0: image.Poke(at, (byte)random.Next(256)); break;
                case 1: image.Poke64(word, image.Peek64(word) ^ (1UL << random.Next(64))); break;
                case 2: image.Poke64(word, 0); break;
                default: image.Poke64(word, image.Peek64(from + (random.NextInt64(Math.Max(1, fromLength / 8)) * 8))); break;
            }
        }
    }
}
