using System.CommandLine;
using System.Globalization;
using OneEdge.Host.Cli;
using OneEdge.Storage;

namespace OneEdge.Host.Disk;

/// <summary><c>oneedge disk flatten</c>: a copy that stands alone.</summary>
internal static class FlattenCommand
{
    public static HostCommand Create(HostIo io)
    {
        var image = new ImageOptions();
        var target = new Argument<string>("TARGET") { Description = "The new file; there must be no such file yet." };
        Option<string> format = Choice.Of("--target-format", "-O", "The format of the copy.", "qcow2", "raw");
        var snapshot = new Option<string?>("--snapshot", "-l")
        {
            Description = "Copy an internal snapshot, by its identifier or name, instead of the present state.",
            HelpName = "SNAPSHOT",
        };
        var compress = new Option<bool>("--compress", "-c") { Description = "Compress the clusters of a qcow2 copy." };
        Option<string> compression = Choice.Of("--compression", null, "How clusters are compressed.", "zlib", "zstd");
        var command = new HostCommand("flatten", "Copies what the guest sees to a file without a backing file; zeroes take no room. The source is only read.",
            "disk flatten disk.0 standalone.qcow2", "disk flatten disk.0 disk.raw -O raw",
            "disk flatten disk.0 before.qcow2 --snapshot before");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            bool isJson = OutputOption.IsJson(parsed);
            var options = new Qcow2FlattenOptions
            {
                Format = parsed.GetValue(format) == "raw" ? DiskImageFormat.Raw : DiskImageFormat.Qcow2,
                Compresses = parsed.GetValue(compress),
                Create = new Qcow2CreateOptions
                {
                    CompressionType = parsed.GetValue(compression) == "zstd" ? Qcow2CompressionType.Zstd : Qcow2CompressionType.Zlib,
                },
            };
            await using Qcow2Image disk = await image.OpenAsync(parsed, cancellationToken);
            if (parsed.GetValue(snapshot) is { } wanted) options = options with { Snapshot = disk.FindSnapshot(wanted) };
            using var line = new ProgressLine(io, isJson, "copying");
            Qcow2FlattenProgress done = await disk.FlattenAsync(
                parsed.GetRequiredValue(target), options, new Reporter(p => line.Report(p.BytesDone, p.BytesTotal, p.BytesPerSecond)), cancellationToken);
            if (isJson) WriteJson(io, done);
            else io.Out.WriteLine(Text(parsed.GetRequiredValue(target), done));
            return ExitCode.Done;
        });
        return image.AddTo(command, target, format, snapshot, compress, compression);
    }

    private static string Text(string target, Qcow2FlattenProgress done) => string.Create(
        CultureInfo.InvariantCulture,
        $"{target}: {Bytes.Text(done.BytesWritten)} of data from {Bytes.Text(done.BytesTotal)} in {done.Elapsed.TotalSeconds:0.00} s");

    private static void WriteJson(HostIo io, Qcow2FlattenProgress done) => JsonOutput.Write(io, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("virtual-size", done.BytesTotal);
        json.WriteNumber("bytes-written", done.BytesWritten);
        json.WriteNumber("seconds", done.Elapsed.TotalSeconds);
        json.WriteEndObject();
    });

    // Progress<T> would post to a context; this tells at once.
    private sealed class Reporter(Action<Qcow2FlattenProgress> report) : IProgress<Qcow2FlattenProgress>
    {
        public void Report(Qcow2FlattenProgress value) => report(value);
    }
}
