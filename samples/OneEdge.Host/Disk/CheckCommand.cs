using System.Globalization;
using OneEdge.Host.Cli;
using OneEdge.Storage;

namespace OneEdge.Host.Disk;

/// <summary><c>oneedge disk check</c>: whether the tables of an image are sound.</summary>
internal static class CheckCommand
{
    public static HostCommand Create(HostIo io)
    {
        var image = new ImageOptions();
        var command = new HostCommand(
            "check",
            "Checks tables and refcounts of one image. Exit code as of qemu-img check: 0 sound, 1 not checked to the end, 2 corruptions, 3 leaks; 255: not opened.",
            "disk check disk.0", "disk check disk.0 --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using Qcow2Image disk = await image.OpenAsync(parsed, cancellationToken);
            Qcow2CheckResult result = await disk.CheckAsync(cancellationToken);
            if (OutputOption.IsJson(parsed)) io.Out.WriteLine(result.ToJson(indented: true));
            else Show(io, result);
            return ExitCodeOf(result);
        });
        return image.AddTo(command);
    }

    internal static int ExitCodeOf(Qcow2CheckResult result) => result.Kind switch
    {
        Qcow2CheckKind.Clean => 0,
        Qcow2CheckKind.Leaks => 3,
        Qcow2CheckKind.Corruptions => 2,
        _ => 1,
    };

    internal static void Show(HostIo io, Qcow2CheckResult result)
    {
        foreach (Qcow2CheckFinding finding in result.Findings) io.Out.WriteLine(finding.Message);
        long more = result.FindingCount - result.Findings.Count;
        if (more > 0) io.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"and {more} more"));
        io.Out.WriteLine(result);
    }
}
