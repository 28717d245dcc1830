using System.Globalization;
using OneEdge.Host.Cli;
using OneEdge.Storage;

namespace OneEdge.Host.Disk;

/// <summary><c>oneedge disk info</c>: what an image tells of itself.</summary>
internal static class InfoCommand
{
    public static HostCommand Create(HostIo io)
    {
        var image = new ImageOptions();
        var command = new HostCommand(
            "info",
            "Shows format, sizes, features, snapshots and bitmaps of one image; its backing file need not be there.",
            "disk info disk.0",
            "disk info disk.0 --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            DiskImageInfo info = await DiskImageInfo.ReadAsync(image.File(parsed), format: null, image.Read(parsed), cancellationToken);
            if (OutputOption.IsJson(parsed)) io.Out.WriteLine(info.ToJson(indented: true));
            else Show(new Screen(io), info);
            return ExitCode.Done;
        });
        return image.AddTo(command);
    }

    private static void Show(Screen screen, DiskImageInfo info)
    {
        screen.Line($"image: {info.File}");
        screen.Line($"format: {FormatOf(info)}");
        screen.Line($"virtual size: {Bytes.Text(info.VirtualSize)} ({info.VirtualSize.ToString(CultureInfo.InvariantCulture)} bytes)");
        if (info.ActualSize is { } actual) screen.Line($"on disk: {Bytes.Text(actual)}");
        if (info.Header is not { } header) return;
        screen.Line($"cluster size: {Bytes.Text(header.ClusterSize)}");
        if (header.BackingFile is { } backing) screen.Line(
            $"backing file: {backing}{(header.BackingFormat is { } format ? $" ({format})" : " (format not given)")}");
        if (header.DataFile is { } data) screen.Line($"data file: {data}");
        screen.Line($"refcounts: {header.RefcountBits.ToString(CultureInfo.InvariantCulture)} bits");
        if (Features(info, header) is { Length: > 0 } features) screen.Line($"features: {features}");
        if (info.Snapshots.Count > 0)
        {
            screen.Line("snapshots:");
            screen.Table(["ID", "NAME", "SIZE", "TAKEN"], info.Snapshots.Select(s => new[] { s.Id, s.Name, Bytes.Text(s.VirtualSize), Taken(s) }));
        }

        if (info.Bitmaps.Count == 0) return;
        screen.Line("bitmaps:");
        screen.Table(
            ["NAME", "GRANULARITY", "STATE"],
            info.Bitmaps.Select(b => new[] { b.Name, Bytes.Text(b.Granularity), b.IsInUse ? "not saved" : b.IsEnabled ? "recording" : "kept" }));
    }

    internal static string FormatOf(DiskImageInfo info) =>
        info.Header is { } header ? $"qcow2 version {header.Version.ToString(CultureInfo.InvariantCulture)}" : "raw";

    private static string Taken(Qcow2Snapshot snapshot) => DateTimeOffset.FromUnixTimeSeconds(snapshot.Seconds).ToString(
        "yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Features(DiskImageInfo info, Qcow2Header header)
    {
        List<string> features = [];
        if (header.CompressionType == Qcow2CompressionType.Zstd) features.Add("zstd");
        if (header.HasExtendedL2) features.Add("extended L2");
        if (header.CompatibleFeatures.HasFlag(Qcow2CompatibleFeatures.LazyRefcounts)) features.Add("lazy refcounts");
        if (header.IncompatibleFeatures.HasFlag(Qcow2IncompatibleFeatures.Dirty)) features.Add("dirty");
        if (header.IncompatibleFeatures.HasFlag(Qcow2IncompatibleFeatures.Corrupt)) features.Add("marked corrupt");
        if (info.Luks is { } luks) features.Add($"LUKS {luks.CipherAlgorithm}-{luks.CipherMode}");
        else if (info.IsEncrypted) features.Add("AES");
        return string.Join(", ", features);
    }
}
