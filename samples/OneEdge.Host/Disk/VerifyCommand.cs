using System.CommandLine;
using System.Globalization;
using OneEdge.Host.Cli;
using OneEdge.Storage;

namespace OneEdge.Host.Disk;

/// <summary><c>oneedge disk verify</c>: checks every image of a chain and reads all that the guest sees.</summary>
internal static class VerifyCommand
{
    private const int BufferBytes = 1 << 20;

    public static HostCommand Create(HostIo io)
    {
        var image = new ImageOptions();
        var command = new HostCommand(
            "verify",
            "Checks every image of a chain and reads every byte that the guest sees. Exit code 0: all sound, 1: leaks only, 255: damaged.",
            "disk verify disk.0");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using Qcow2Image disk = await image.OpenAsync(parsed, cancellationToken);
            List<Qcow2CheckResult> results = [];
            foreach (DiskImageInfo layer in disk.BackingChain.Where(layer => layer.Format == DiskImageFormat.Qcow2))
            {
                await using Qcow2Image one = await Qcow2Image.OpenAsync(layer.File, image.Read(parsed), cancellationToken);
                results.Add(await one.CheckAsync(cancellationToken));
            }

            long read = await ReadAsync(io, parsed, disk, cancellationToken);
            Show(io, parsed, results, read);
            if (results.Any(r => r.Kind is Qcow2CheckKind.Corruptions or Qcow2CheckKind.Failed)) return ExitCode.Failed;
            return results.Any(r => !r.IsClean) ? ExitCode.Partly : ExitCode.Done;
        });
        return image.AddTo(command);
    }

    private static async Task<long> ReadAsync(HostIo io, ParseResult parsed, Qcow2Image disk, CancellationToken cancellationToken)
    {
        await using Stream guest = disk.OpenGuestStream();
        using var progress = new ProgressLine(io, OutputOption.IsJson(parsed), "reading");
        byte[] buffer = new byte[BufferBytes];
        long total = 0;
        for (int read; (read = await guest.ReadAsync(buffer, cancellationToken)) > 0; progress.Report(total, guest.Length)) total += read;
        return total;
    }

    private static void Show(HostIo io, ParseResult parsed, List<Qcow2CheckResult> results, long read)
    {
        if (OutputOption.IsJson(parsed))
        {
            JsonOutput.Write(io, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("bytes-read", read);
                json.WriteStartArray("checks");
                foreach (Qcow2CheckResult result in results) json.WriteRawValue(result.ToJson());
                json.WriteEndArray();
                json.WriteEndObject();
            });
            return;
        }

        foreach (Qcow2CheckResult result in results) CheckCommand.Show(io, result);
        io.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all {Bytes.Text(read)} of the guest can be read"));
    }
}
