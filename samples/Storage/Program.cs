// OneEdge.Storage in one page, without root rights and without qemu: dotnet run --project samples/Storage
using System.Security.Cryptography;
using OneEdge.Storage;

string directory = Directory.CreateTempSubdirectory("oneedge-sample-").FullName;
string At(string name) => Path.Combine(directory, name);
try
{
    // 1. An image with data: what a raw file holds becomes a compressed qcow2 image.
    byte[] content = new byte[8 << 20];
    new Random(7).NextBytes(content.AsSpan(1 << 20, 2 << 20));
    await File.WriteAllBytesAsync(At("disk.raw"), content);
    await Qcow2Image.CreateOverlayAsync(At("import"), backing: "disk.raw", new() { BackingFormat = DiskImageFormat.Raw });
    await using (Qcow2Image import = await Qcow2Image.OpenAsync(At("import")))
        await import.FlattenAsync(At("base"), new() { Compresses = true, Create = new() { CompressionType = Qcow2CompressionType.Zstd } });

    // 2. A chain of snapshots over it, as a replica host keeps them: all made at once, all or none.
    await Qcow2Image.CreateOverlayAsync(At("base.1"), backing: "base");
    await Qcow2Image.CreateOverlayAsync(At("base.2"), backing: "base.1");

    // 3. The chain is opened, shown, mapped.
    await using Qcow2Image disk = await Qcow2Image.OpenAsync(At("base.2"));
    foreach (DiskImageInfo link in disk.BackingChain) Console.WriteLine(
        $"{Path.GetFileName(link.File)}: {link.Format}, {link.VirtualSize >> 20} MiB, {link.FileSize >> 10} KiB long");
    foreach (GuestExtent part in await disk.MapAsync())
        Console.WriteLine($"  {part.Start >> 10,5} KiB + {part.Length >> 10,5} KiB: {(part.IsData ? "data in " + Path.GetFileName(disk.BackingChain[part.Depth].File) : "zeroes")}");

    // 4. The guest's bytes are those of the raw file.
    await using Stream guest = disk.OpenGuestStream();
    bool same = (await SHA256.HashDataAsync(guest)).AsSpan().SequenceEqual(SHA256.HashData(content));
    Console.WriteLine($"the guest sees what was written: {same}");

    // 5. Verified and flattened.
    Qcow2CheckResult health = await disk.CheckAsync();
    Console.WriteLine(health);
    Qcow2FlattenProgress copy = await disk.FlattenAsync(At("standalone.qcow2"));
    Console.WriteLine($"a standalone copy with {copy.BytesWritten >> 10} KiB of data");

    // 6. What is broken says so.
    await File.WriteAllTextAsync(At("broken"), "no image");
    try
    {
        await Qcow2Image.OpenAsync(At("broken"));
    }
    catch (Qcow2Exception e)
    {
        Console.WriteLine($"{e.Code}: {e.Message.Replace(directory + "/", "", StringComparison.Ordinal)}");
    }
}
finally
{
    Directory.Delete(directory, recursive: true);
}
