using System.CommandLine;
using OneEdge.Host.Cli;
using OneEdge.Storage;

namespace OneEdge.Host.Disk;

/// <summary><c>oneedge disk create</c>: a new image, empty or over a backing file.</summary>
internal static class CreateCommand
{
    public static HostCommand Create(HostIo io)
    {
        var file = new Argument<string>("FILE") { Description = "The new image; there must be no such file yet." };
        var place = new Argument<string?>("SIZE")
        {
            Description = "The virtual size, such as 10G, as qemu-img takes it; the same as --size.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var size = new Option<string?>("--size", "-s")
        {
            Description = "The virtual size, such as 10G; by default that of the backing file.",
            HelpName = "SIZE",
        };
        var backing = new Option<string?>("--backing", "-b")
        {
            Description = "The backing file, as seen from the directory of the new image.",
            HelpName = "FILE",
        };
        Option<string> format = Choice.Of("--backing-format", "-F", "The format of the backing file.", "qcow2", "raw");
        var unopened = new Option<bool>("--unopened", "-u") { Description = "Don't look at the backing file, which need not be there; needs --size." };
        var cluster = new Option<string?>("--cluster-size") { Description = "The cluster size, 512 to 2M.", HelpName = "SIZE" };
        var extended = new Option<bool>("--extended-l2") { Description = "Allocate 32nds of clusters." };
        var data = new Option<string?>("--data-file")
        {
            Description = "A raw file for the guest's data, made with the image; relative names are from its directory.",
            HelpName = "FILE",
        };
        var raw = new Option<bool>("--raw-data") { Description = "The data file always is what the guest sees, byte for byte; needs --data-file." };
        var lazy = new Option<bool>("--lazy-refcounts") { Description = "Write refcounts late." };
        var command = new HostCommand("create", "Makes an empty image or an overlay; it has its name when it is complete and on disk.",
            "disk create disk.qcow2 10G", "disk create base.2 --backing base.1");
        command.Validators.Add(result =>
        {
            string? asOption = result.GetValue(size), asArgument = result.GetValue(place);
            if (asArgument is not null && !SizeArgument.TryRead(asArgument, out _)) result.AddError(SizeArgument.Refusal(asArgument));
            if (asOption is not null && asArgument is not null) result.AddError("The size is given twice.");
            if ((asOption ?? asArgument) is null && (result.GetValue(backing) is null || result.GetValue(unopened)))
                result.AddError("The size is missing: give it behind the file, or as --size.");
            if (result.GetValue(raw) && result.GetValue(data) is null) result.AddError("The data file is missing: give --data-file.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(file);
            long? wanted = (parsed.GetValue(size) ?? parsed.GetValue(place)) is { } text ? SizeArgument.Read(text) : null;
            var options = new Qcow2CreateOptions
            {
                HasExtendedL2 = parsed.GetValue(extended),
                HasLazyRefcounts = parsed.GetValue(lazy),
                DataFile = parsed.GetValue(data),
                HasRawDataFile = parsed.GetValue(raw),
            };
            if (parsed.GetValue(cluster) is { } clusterSize) options = options with { ClusterSize = checked((int)SizeArgument.Read(clusterSize)) };
            if (parsed.GetValue(backing) is { } below)
                await Qcow2Image.CreateOverlayAsync(
                    path, below, Overlay(parsed.GetValue(format), parsed.GetValue(unopened), wanted, options), cancellationToken);
            else
                await Qcow2Image.CreateAsync(path, wanted!.Value, options, cancellationToken);
            DiskImageInfo made = await DiskImageInfo.ReadAsync(path, cancellationToken: cancellationToken);
            if (OutputOption.IsJson(parsed)) io.Out.WriteLine(made.ToJson(indented: true));
            else io.Out.WriteLine($"{path}: {Bytes.Text(made.VirtualSize)}{(made.BackingFile is { } name ? $" over {name}" : "")}");
            return ExitCode.Done;
        });
        return command.With(
            file, place, size.AddValidator(), backing, format, unopened, cluster.AddValidator(), extended, lazy, data, raw, OutputOption.Create(),
            OutputOption.CreateShort());
    }

    private static Qcow2OverlayOptions Overlay(string? format, bool isUnopened, long? size, Qcow2CreateOptions create) => new()
    {
        BackingFormat = format == "raw" ? DiskImageFormat.Raw : DiskImageFormat.Qcow2,
        OpensBacking = !isUnopened,
        VirtualSize = size,
        Create = create,
    };
}
