using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;

namespace OneEdge.Storage.Tests;

/// <summary>Chains that qemu makes at random are read as qemu reads them.</summary>
public sealed class RandomChainTests
{
    private const long Sector = 512;

    private static readonly Gen<Layer> Layers = Gen.Select(
        Gen.Int[9, 17], Gen.Bool, Gen.Bool, Gen.Int[1, 4000], Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3999], Gen.Int[1, 300], Gen.Int[1, 255]).Array[0, 12],
        (bits, extended, isVersion2, sectors, writes) =>
            new Layer(extended ? Math.Max(bits, 14) : bits, extended, isVersion2 && !extended, sectors * Sector, writes));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Random_chain_is_read_mapped_and_measured_as_by_qemu()
    {
        await Layers.Array[1, 4].SampleAsync(
            async layers =>
            {
                using var directory = new TemporaryDirectory();
                var qemu = new QemuImages(directory);
                string top = Make(qemu, layers);
                await using Qcow2Image disk = await Qcow2Image.OpenAsync(top, new Qcow2OpenOptions { WorkingDirectory = directory.Path }, Token);
                await CompareAsync(qemu, disk, top);
            },
            iter: 25, threads: 1);
    }

    private static async Task CompareAsync(QemuImages qemu, Qcow2Image disk, string top)
    {
        using JsonDocument measure = JsonDocument.Parse(qemu.Img("measure", "-f", "qcow2", "-O", "qcow2", "--output=json", top));
        JsonComparison.Equal(measure.RootElement, (await disk.MeasureAsync(DiskImageFormat.Qcow2, Token)).ToJson());
        using JsonDocument chain = JsonDocument.Parse(qemu.Img("info", "--backing-chain", "--output=json", top));
        JsonComparison.Equal(chain.RootElement, DiskImageInfo.ToJson(disk.BackingChain), "actual-size");
        qemu.Img("convert", "-f", "qcow2", "-O", "raw", top, "expected.raw");
        await using FileStream expected = File.OpenRead(Path.Combine(qemu.Directory, "expected.raw"));
        await using Stream guest = disk.OpenGuestStream();
        Assert.Equal(expected.Length, guest.Length);
        Assert.Equal(await SHA256.HashDataAsync(expected, Token), await SHA256.HashDataAsync(guest, Token));
        using JsonDocument map = JsonDocument.Parse(qemu.Img("map", "-f", "qcow2", "--output=json", top));
        JsonComparison.Equal(map.RootElement, GuestExtent.ToJson(await disk.MapAsync(Token)));
    }

    private static string Make(QemuImages qemu, Layer[] layers)
    {
        string? below = null;
        for (int i = 0; i < layers.Length; i++)
        {
            Layer layer = layers[i];
            string name = string.Create(CultureInfo.InvariantCulture, $"layer{i}.qcow2");
            string options = string.Create(
                CultureInfo.InvariantCulture, $"cluster_size={1 << layer.ClusterBits},{(layer.IsVersion2 ? "compat=0.10" : $"compat=1.1,extended_l2={(layer.HasExtendedL2 ? "on" : "off")}")}");
            string[] backing = below is null ? [] : ["-b", below, "-F", "qcow2"];
            qemu.Img(["create", "-q", "-f", "qcow2", "-o", options, .. backing, name, layer.Size.ToString(CultureInfo.InvariantCulture)]);
            qemu.Io(name, layer.Commands(), mayFail: true);
            // Without holes in the file, of which qemu asks the file system and of which nothing is known here.
            File.WriteAllBytes(Path.Combine(qemu.Directory, name), File.ReadAllBytes(Path.Combine(qemu.Directory, name)));
            below = name;
        }

        return below!;
    }

    private sealed record Layer(int ClusterBits, bool HasExtendedL2, bool IsVersion2, long Size, (int Kind, int At, int Length, int Pattern)[] Writes)
    {
        public IEnumerable<string> Commands()
        {
            foreach ((int kind, int at, int length, int pattern) in Writes)
            {
                long offset = at * Sector % Size, bytes = Math.Min(length * Sector, Size - offset);
                long cluster = 1L << ClusterBits, aligned = offset / cluster * cluster;
                yield return kind switch
                {
                    0 => string.Create(CultureInfo.InvariantCulture, $"write -q -z {offset} {bytes}"),
                    1 => string.Create(CultureInfo.InvariantCulture, $"write -q -z -u {offset} {bytes}"),
                    2 => string.Create(CultureInfo.InvariantCulture, $"discard -q {offset} {bytes}"),
                    3 when aligned + cluster <= Size => string.Create(CultureInfo.InvariantCulture, $"write -q -c -P {pattern} {aligned} {cluster}"),
                    _ => string.Create(CultureInfo.InvariantCulture, $"write -q -P {pattern} {offset} {bytes}"),
                };
            }
        }
    }
}
