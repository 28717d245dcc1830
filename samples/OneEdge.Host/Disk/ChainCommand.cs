using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.Storage;

namespace OneEdge.Host.Disk;

/// <summary><c>oneedge disk chain</c>: an image and all below it.</summary>
internal static class ChainCommand
{
    public static HostCommand Create(HostIo io)
    {
        var image = new ImageOptions();
        var command = new HostCommand("chain", "Shows an image and its backing files as a tree with their sizes; a missing file or a loop is an error.",
            "disk chain disk.0", "disk chain disk.0.snap/base.1 --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<DiskImageInfo> chain = await ReadAsync(image, parsed, cancellationToken);
            if (OutputOption.IsJson(parsed)) io.Out.WriteLine(DiskImageInfo.ToJson(chain, indented: true));
            else Show(io, chain);
            return ExitCode.Done;
        });
        return image.AddTo(command);
    }

    // A raw image has no chain.
    private static async Task<IReadOnlyList<DiskImageInfo>> ReadAsync(ImageOptions image, ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            await using Qcow2Image disk = await image.OpenAsync(parsed, cancellationToken);
            return disk.BackingChain;
        }
        catch (Qcow2Exception e) when (e.Code == StorageErrorCodes.NotQcow2 && e.File == image.File(parsed))
        {
            return [await DiskImageInfo.ReadAsync(image.File(parsed), DiskImageFormat.Raw, image.Read(parsed), cancellationToken)];
        }
    }

    private static void Show(HostIo io, IReadOnlyList<DiskImageInfo> chain)
    {
        for (int depth = 0; depth < chain.Count; depth++)
        {
            DiskImageInfo info = chain[depth];
            string branch = depth == 0 ? "" : new string(' ', (depth - 1) * 2) + "└ ";
            string onDisk = info.ActualSize is { } actual ? $", {Bytes.Text(actual)} on disk" : "";
            io.Out.WriteLine($"{branch}{info.File}  {InfoCommand.FormatOf(info)}, {Bytes.Text(info.VirtualSize)}{onDisk}");
        }
    }
}
