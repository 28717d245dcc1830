using CsCheck;

namespace OneEdge.Storage.Tests;

/// <summary>A chain of images of any kind, written by qemu-io.</summary>
internal static class RandomChain
{
    public sealed record Layer(string Options, string Kind, string[] Commands);

    private const int Size = 3 << 20;

    public static Gen<Layer[]> Layers { get; } = Layer0().Array[1, 4];

    /// <summary>Makes the chain.</summary>
    /// <returns>The image at the top.</returns>
    public static string Make(TemporaryDirectory directory, Layer[] layers)
    {
        string? below = null;
        for (int i = 0; i < layers.Length; i++)
        {
            string image = directory[$"l{i}"];
            File.Delete(image);
            string size = $"{Size + (layers[i].Commands.Length * 512)}";
            string[] options = QemuTools.Option("-o", layers[i].Options), backing = below is null ? [] : ["-b", below, "-F", "qcow2"];
            QemuTools.Img(["create", "-q", "-f", "qcow2", .. options, .. backing, image, size]);
            QemuTools.Io(image, layers[i].Commands);
            below = $"l{i}";
            if (layers[i].Kind != "compressed") continue;
            // The layer with all below it, compressed, takes its place.
            QemuTools.Img(["convert", "-q", "-c", "-O", "qcow2", .. options, image, image + ".c"]);
            File.Move(image + ".c", image, overwrite: true);
        }

        return directory[below!];
    }

    private static Gen<Layer> Layer0() =>
        from options in Pick(
            "", "cluster_size=512", "cluster_size=4k", "cluster_size=2M", "compat=0.10",
            "extended_l2=on", "compression_type=zstd", "cluster_size=16k,extended_l2=on")
        from kind in Pick("plain", "plain", "compressed")
        from commands in Command(options).Array[0, 12]
        select new Layer(options, kind, commands);

    private static Gen<string> Command(string options) =>
        from what in Pick("write -P 1", "write -P 0", "write -P 255", "write -z", "write -z -u", "discard")
        from offset in Gen.Int[0, (Size / 512) - 1]
        from length in Gen.OneOf(Gen.Int[1, 16], Gen.Int[1, 2000])
        let used = options.StartsWith("compat", StringComparison.Ordinal) && what.StartsWith("write -z", StringComparison.Ordinal) ? "write -P 0" : what
        select $"{used} {offset * 512L} {Math.Min(length, (Size / 512) - offset) * 512L}";

    private static Gen<string> Pick(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
