using OneEdge.Storage;
using OneEdge.Testing;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code about disk images.</summary>
public sealed class StorageSnippets
{
    [Fact]
    public async Task Images_are_made_read_checked_and_copied()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using var directory = new TemporaryDirectory();
        string image = directory["image.raw"], overlay = directory["base.1"], standalone = directory["standalone.qcow2"];
        await File.WriteAllBytesAsync(image, new byte[1 << 20], ct);

        // <snippet storage-use>
        await Qcow2Image.CreateOverlayAsync(overlay, backing: image, new() { BackingFormat = DiskImageFormat.Raw }, ct);

        await using Qcow2Image disk = await Qcow2Image.OpenAsync(overlay, cancellationToken: ct);
        foreach (DiskImageInfo link in disk.BackingChain) Console.WriteLine($"{link.File} {link.Format} {link.VirtualSize}");
        await using Stream guest = disk.OpenGuestStream();                          // what the VM sees, through the whole chain
        Qcow2CheckResult health = await disk.CheckAsync(ct);                        // as qemu-img check, with typed findings
        await disk.FlattenAsync(standalone, cancellationToken: ct);                 // a copy without a backing file
        // </snippet>
        Assert.Equal(1 << 20, guest.Length);
        Assert.True(health.IsClean);
        Assert.Null((await DiskImageInfo.ReadAsync(standalone, cancellationToken: ct)).BackingFile);

        // <snippet storage-hostile>
        var options = new Qcow2OpenOptions
        {
            Root = directory.Path,                                                  // no backing file outside of it, by name or by link
            Limits = new() { MaxChainLength = 16, MaxVirtualSize = 1L << 40, MaxDuration = TimeSpan.FromSeconds(10) },
        };
        try
        {
            await using Qcow2Image strange = await Qcow2Image.OpenAsync(image, options, ct);
        }
        catch (Qcow2Exception e)
        {
            Console.WriteLine($"{e.Code} {e.Message}");                             // OES0101: this is not a qcow2 image...
        }
        // </snippet>
    }

    [Fact]
    public async Task Map_and_snapshots_are_data()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using var directory = new TemporaryDirectory();
        await Qcow2Image.CreateAsync(directory["disk.qcow2"], 1 << 20, cancellationToken: ct);
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(directory["disk.qcow2"], cancellationToken: ct);

        // <snippet storage-map>
        foreach (GuestExtent part in await disk.MapAsync(ct))
            Console.WriteLine($"{part.Start}+{part.Length}: {(part.IsData ? $"data of {disk.BackingChain[part.Depth].File}" : "zeroes")}");
        foreach (Qcow2Snapshot snapshot in disk.Info.Snapshots)
        {
            await using Stream before = disk.OpenSnapshotStream(snapshot);          // what the VM saw then
            Console.WriteLine($"{snapshot.Id} {snapshot.Name}: {before.Length} bytes");
        }
        // </snippet>
        Assert.Single(await disk.MapAsync(ct));
    }
}
