using System.Diagnostics;
using OneEdge.Storage;

namespace OneEdge.Comparison;

/// <summary>
/// Disk images beside qemu-img: the same files, whole processes against each other, and our calls in this process against whole processes of qemu-img.
/// </summary>
/// <param name="host">Our host.</param>
/// <param name="inputs">The folder with the images of the recorded figures.</param>
/// <param name="qemuImg">qemu-img.</param>
/// <param name="runs">How often each row runs.</param>
internal sealed class StorageComparison(string host, string inputs, string qemuImg, int runs)
{
    private const int Images = 1_000;
    private static readonly Dictionary<string, string> Environment = new() { ["LC_ALL"] = "C" };

    public async Task RunAsync()
    {
        ComparisonTable.Head();
        WholeProcesses();
        await InProcessAsync();
    }

    private void WholeProcesses()
    {
        string chain = In("chain256/o256.qcow2"), half = In("half.qcow2"), flat = In("flat/o8.qcow2"), target = In("comparison.out");
        Row("info, one image", ["info", "--output=json", In("one.qcow2")], ["disk", "info", "--json", In("one.qcow2")]);
        Row("chain of 256", ["info", "--backing-chain", "--output=json", chain], ["disk", "chain", "--json", chain]);
        Row("map, half-allocated 1 GiB", ["map", "--output=json", half], ["disk", "map", "--json", half]);
        Row("check, same image", ["check", "--output=json", half], ["disk", "check", "--json", half]);
        Row("flatten chain of 8 to raw, flushed by ours only", ["convert", "-O", "raw", flat, target], ["disk", "flatten", flat, target, "-O", "raw"], target);
        Row("flatten chain of 8 to qcow2, flushed by ours only", ["convert", "-O", "qcow2", flat, target], ["disk", "flatten", flat, target], target);
        string flushed = $"\"$0\" convert -O raw \"$1\" \"$2\" && sync -d \"$2\"";
        Row("flatten chain of 8 to raw, flushed by both", ["-c", flushed, qemuImg, flat, target], ["disk", "flatten", flat, target, "-O", "raw"], target, "/bin/sh");
        flushed = flushed.Replace("raw", "qcow2", StringComparison.Ordinal);
        Row("flatten chain of 8 to qcow2, flushed by both", ["-c", flushed, qemuImg, flat, target], ["disk", "flatten", flat, target], target, "/bin/sh");
    }

    private async Task InProcessAsync()
    {
        string one = In("one.qcow2"), chain = In("chain256/o256.qcow2"), half = In("half.qcow2");
        await HereAsync($"in process: info of {Images} images", ["info", "--output=json", one], Images, async () =>
        {
            for (int i = 0; i < Images; i++) await DiskImageInfo.ReadAsync(one);
        });
        await HereAsync(
            "in process: chain of 256",
            ["info", "--backing-chain", "--output=json", chain],
            1,
            async () => await (await Qcow2Image.OpenAsync(chain)).DisposeAsync());
        await HereAsync("in process: map", ["map", "--output=json", half], 1, () => OverAsync(half, disk => disk.MapAsync()));
        await HereAsync("in process: check", ["check", "--output=json", half], 1, () => OverAsync(half, disk => disk.CheckAsync()));
        await OverlaysAsync(one);
        await ReadingAsync();
    }

    private async Task OverlaysAsync(string below)
    {
        string directory = Directory.CreateTempSubdirectory("oneedge-comparison-").FullName;
        try
        {
            int made = 0;
            string[] create = ["create", "-q", "-f", "qcow2", "-b", below, "-F", "qcow2", Path.Combine(directory, "theirs")];
            await HereAsync($"in process: {Images} durable overlays", create, Images, () =>
            {
                string part = Directory.CreateDirectory(Path.Combine(directory, $"{made++}")).FullName;
                return Qcow2Image.CreateOverlaysAsync(Enumerable.Range(0, Images).Select(i => new Qcow2NewOverlay(Path.Combine(part, $"{i}"), below)));
            });
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    // What the guest sees through 8 layers, beside a raw file with the same content that is read plainly.
    private async Task ReadingAsync()
    {
        string raw = In("comparison.raw");
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(In("flat/o8.qcow2"));
        if (!File.Exists(raw)) await disk.FlattenAsync(raw, new Qcow2FlattenOptions { Format = DiskImageFormat.Raw });
        ComparisonTable.Row(
            "in process: sequential read of 1 GiB through 8 layers, beside a plain file",
            _ => Read(() => File.OpenRead(raw)),
            _ => Read(disk.OpenGuestStream),
            runs,
            runs);
        File.Delete(raw);
    }

    private static Measurement Read(Func<Stream> open)
    {
        byte[] buffer = new byte[1 << 20];
        long start = Stopwatch.GetTimestamp();
        using Stream stream = open();
        while (stream.Read(buffer) > 0)
        {
        }

        return new Measurement(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 0);
    }

    private void Row(string name, string[] theirs, string[] ours, string? target = null, string? shell = null)
    {
        Measurement Once(string program, string[] arguments, bool memory)
        {
            if (target is not null) File.Delete(target);
            return Measurement.Of(program, arguments, Environment, memory);
        }

        ComparisonTable.Row(name, memory => Once(shell ?? qemuImg, theirs, memory), memory => Once(host, ours, memory), runs, runs);
        if (target is not null) File.Delete(target);
    }

    // Theirs is one process, times a factor: a thousand processes one after the other.
    private async Task HereAsync(string name, string[] theirs, int factor, Func<Task> ours)
    {
        await ours();
        ComparisonTable.Row(
            name,
            memory => Measurement.Of(qemuImg, theirs, Environment, memory) is var once ? once with { Seconds = once.Seconds * factor } : once,
            _ =>
            {
                long start = Stopwatch.GetTimestamp();
                ours().GetAwaiter().GetResult();
                return new Measurement(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 0);
            },
            runs,
            runs);
    }

    private static async Task OverAsync(string file, Func<Qcow2Image, Task> work)
    {
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(file);
        await work(disk);
    }

    private string In(string name) => Path.Combine(inputs, name);
}
