using System.Globalization;
using OneEdge.Storage;

namespace OneEdge.Benchmarks;

/// <summary>Images for benchmarks in a directory of their own, made without qemu: one with data in every other MiB, and a chain of overlays over it.</summary>
internal sealed class DiskImages : IDisposable
{
    public const int Megabytes = 64;
    public const int ChainLength = 256;

    public DiskImages()
    {
        string raw = Path.Combine(Folder, "raw");
        var random = new Random(1);
        byte[] block = new byte[1 << 20];
        using (FileStream file = File.Create(raw))
        {
            for (int i = 0; i < Megabytes; i++)
            {
                random.NextBytes(block);
                if (i % 2 == 1) Array.Clear(block);
                file.Write(block);
            }
        }

        MakeAsync(raw).GetAwaiter().GetResult();
        File.Delete(raw);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("oneedge-benchmark").FullName;

    /// <summary>The image with the data.</summary>
    public string Disk => Path.Combine(Folder, "disk");

    /// <summary>The top of the chain.</summary>
    public string Top => Link(ChainLength - 1);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Link(int number) => number == 0 ? Disk : Path.Combine(Folder, string.Create(CultureInfo.InvariantCulture, $"link.{number}"));

    private async Task MakeAsync(string raw)
    {
        string over = Path.Combine(Folder, "over");
        await Qcow2Image.CreateOverlayAsync(over, raw, new() { BackingFormat = DiskImageFormat.Raw });
        await using (Qcow2Image image = await Qcow2Image.OpenAsync(over)) await image.FlattenAsync(Disk);
        File.Delete(over);
        for (int i = 1; i < ChainLength; i++)
        {
            await Qcow2Image.CreateOverlayAsync(
                Link(i), Path.GetFileName(Link(i - 1)), new() { OpensBacking = false, VirtualSize = (long)Megabytes << 20 });
        }
    }
}
