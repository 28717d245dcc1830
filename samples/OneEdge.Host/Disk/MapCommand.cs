using System.CommandLine;
using System.Globalization;
using OneEdge.Host.Cli;
using OneEdge.Storage;

namespace OneEdge.Host.Disk;

/// <summary><c>oneedge disk map</c>: where the guest's data lies.</summary>
internal static class MapCommand
{
    public static HostCommand Create(HostIo io)
    {
        var image = new ImageOptions();
        var snapshot = new Option<string?>("--snapshot") { Description = "Show an internal snapshot instead of the present state.", HelpName = "ID|NAME" };
        var command = new HostCommand(
            "map", "Shows which part of the guest's disk lies where, through the whole chain.", "disk map disk.0", "disk map disk.0 --snapshot 2 --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using Qcow2Image disk = await image.OpenAsync(parsed, cancellationToken);
            IReadOnlyList<GuestExtent> rows = parsed.GetValue(snapshot) is { } wanted
                ? await disk.MapAsync(disk.FindSnapshot(wanted), cancellationToken)
                : await disk.MapAsync(cancellationToken);
            if (OutputOption.IsJson(parsed)) io.Out.WriteLine(GuestExtent.ToJson(rows));
            else new Screen(io).Table(["START", "LENGTH", "WHAT", "AT", "FILE"], rows.Select(row => Row(row, disk)));
            return ExitCode.Done;
        });
        return image.AddTo(command, snapshot);
    }

    private static string[] Row(GuestExtent row, Qcow2Image disk) =>
    [
        Hex(row.Start),
        Hex(row.Length),
        row.IsData ? "data" : row.IsPresent ? "zeroes" : "nothing",
        row.Offset is { } offset ? Hex(offset) : "-",
        disk.BackingChain[row.Depth].File,
    ];

    private static string Hex(long number) => "0x" + number.ToString("x", CultureInfo.InvariantCulture);
}
