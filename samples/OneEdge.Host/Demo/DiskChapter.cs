using System.Globalization;
using System.Security.Cryptography;
using OneEdge.Storage;

namespace OneEdge.Host.Demo;

/// <summary>OneEdge.Storage: an image is made, snapshotted, read, checked, copied; a broken one is refused.</summary>
internal sealed class DiskChapter : IDemoChapter
{
    public string Title => "OneEdge.Storage: a disk image gets snapshots, is checked and copied, without qemu-img";

    public async Task RunAsync(DemoStory story, string directory, CancellationToken cancellationToken)
    {
        byte[] content = new byte[4 << 20];
        new Random(7).NextBytes(content.AsSpan(1 << 20, 1 << 20));
        await ImportAsync(directory, content, cancellationToken);
        await Qcow2Image.CreateOverlayAsync(Path.Combine(directory, "base.1"), backing: "base", cancellationToken: cancellationToken);
        await Qcow2Image.CreateOverlayAsync(Path.Combine(directory, "base.2"), backing: "base.1", cancellationToken: cancellationToken);
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(Path.Combine(directory, "base.2"), cancellationToken: cancellationToken);
        story.Lines("A compressed image and two overlays are a chain:", string.Join('\n', disk.BackingChain.Select(Show)));
        await ReadAsync(story, disk, content, cancellationToken);
        await RefuseAsync(story, directory, cancellationToken);
    }

    private static async Task ImportAsync(string directory, byte[] content, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(Path.Combine(directory, "disk.raw"), content, cancellationToken);
        string import = Path.Combine(directory, "import");
        await Qcow2Image.CreateOverlayAsync(import, "disk.raw", new Qcow2OverlayOptions { BackingFormat = DiskImageFormat.Raw }, cancellationToken);
        await using Qcow2Image overlay = await Qcow2Image.OpenAsync(import, cancellationToken: cancellationToken);
        await overlay.FlattenAsync(Path.Combine(directory, "base"), new Qcow2FlattenOptions { Compresses = true }, cancellationToken: cancellationToken);
    }

    private static string Show(DiskImageInfo info) => string.Create(
        CultureInfo.InvariantCulture, $"{Path.GetFileName(info.File)}: {info.VirtualSize >> 20} MiB for the guest, {info.FileSize >> 10} KiB long");

    private static async Task ReadAsync(DemoStory story, Qcow2Image disk, byte[] content, CancellationToken cancellationToken)
    {
        await using Stream guest = disk.OpenGuestStream();
        byte[] seen = await SHA256.HashDataAsync(guest, cancellationToken);
        if (!seen.AsSpan().SequenceEqual(SHA256.HashData(content))) throw new InvalidOperationException("The guest does not see what was written.");
        Qcow2CheckResult health = await disk.CheckAsync(cancellationToken);
        if (!health.IsClean) throw new InvalidOperationException(health.ToString());
        story.Step("The guest sees through the chain what was written, byte for byte, and the check finds nothing.");
    }

    private static async Task RefuseAsync(DemoStory story, string directory, CancellationToken cancellationToken)
    {
        string loop = Path.Combine(directory, "loop");
        await Qcow2Image.CreateOverlayAsync(loop, "./loop", new Qcow2OverlayOptions { OpensBacking = false, VirtualSize = 1 << 20 }, cancellationToken);
        try
        {
            await using Qcow2Image endless = await Qcow2Image.OpenAsync(loop, cancellationToken: cancellationToken);
            throw new InvalidOperationException("An image that is its own backing file was opened.");
        }
        catch (Qcow2Exception e)
        {
            story.Lines(
                "An image that is its own backing file, on which other tools hang, is refused:",
                e.Message.Replace(directory + "/", "", StringComparison.Ordinal));
        }
    }
}
