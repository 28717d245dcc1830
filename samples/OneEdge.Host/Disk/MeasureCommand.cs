using System.CommandLine;
using System.Globalization;
using OneEdge.Host.Cli;
using OneEdge.Storage;

namespace OneEdge.Host.Disk;

/// <summary><c>oneedge disk measure</c>: how much room a copy takes.</summary>
internal static class MeasureCommand
{
    public static HostCommand Create(HostIo io)
    {
        var image = new ImageOptions();
        Option<string> target = Choice.Of("--target", null, "The format of the copy.", "raw", "qcow2");
        var command = new HostCommand("measure", "Tells how much room a copy of what the guest sees takes.", "disk measure disk.0 --target qcow2");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using Qcow2Image disk = await image.OpenAsync(parsed, cancellationToken);
            Qcow2MeasureResult result = await disk.MeasureAsync(
                parsed.GetValue(target) == "raw" ? DiskImageFormat.Raw : DiskImageFormat.Qcow2, cancellationToken);
            if (OutputOption.IsJson(parsed)) io.Out.WriteLine(result.ToJson(indented: true));
            else Show(io, result);
            return ExitCode.Done;
        });
        return image.AddTo(command, target);
    }

    private static void Show(HostIo io, Qcow2MeasureResult result)
    {
        io.Out.WriteLine($"required: {Text(result.Required)}");
        io.Out.WriteLine($"fully allocated: {Text(result.FullyAllocated)}");
        if (result.Bitmaps is > 0) io.Out.WriteLine($"bitmaps: {Text(result.Bitmaps.Value)}");
    }

    private static string Text(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{Bytes.Text(bytes)} ({bytes} bytes)");
}
