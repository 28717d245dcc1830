// OneEdge.Storage in one program, without root rights and without qemu; the cache of part 7 needs rsync: dotnet run --project samples/Storage
using System.Security.Cryptography;
using OneEdge.Storage;
using OneEdge.Storage.Recovery;
using OneEdge.Storage.Replicas;

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
    {
        string holds = part.IsData ? $"data in {Path.GetFileName(disk.BackingChain[part.Depth].File)}" : "zeroes";
        Console.WriteLine($"  {part.Start >> 10,5} KiB + {part.Length >> 10,5} KiB: {holds}");
    }


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
        Console.WriteLine($"{e.Code}: {Short(e.Message)}");
    }

    await CacheAsync();
    await RecoverAsync();
}
finally
{
    Directory.Delete(directory, recursive: true);
}

string Short(string text) => text.Replace(directory + "/", "", StringComparison.Ordinal);

// 7. The cache of a replica host: two machines are started from one image at the same moment, and it is copied once.
async Task CacheAsync()
{
    Directory.CreateDirectory(At("datastores/1"));
    File.Copy(At("base"), At("datastores/1/0a1b2c3d"));
    var hosts = new SshHosts(new LocalHost("here"));                        // others would be reached by ssh
    var cache = new ReplicaImages(hosts, "here", new() { DatastoresDirectory = At("datastores"), CacheDirectory = At("cache") });
    var image = new HostPath("here", At("datastores/1/0a1b2c3d"));
    ReplicaSyncResult[] asked = await Task.WhenAll(cache.SyncAsync(image), cache.SyncAsync(image));
    Console.WriteLine($"two asked for {Short(image.Path)}, {asked.Count(result => result.IsCopied)} copied it");

    ReplicaCacheStatus status = await cache.GetStatusAsync();
    foreach (CachedImage cached in status.Datastores.SelectMany(datastore => datastore.Images))
        Console.WriteLine($"cached: {cached}, {cached.Bytes >> 10} KiB, {cached.Validity}");
    ReplicaEvictionPlan plan = ReplicaEvictionPlan.ToSize(status.Datastores[0], bytes: 0);
    Console.WriteLine($"evicted: {string.Join(' ', (await cache.EvictAsync(plan)).Evicted)}");
}

// 8. Recovery snapshots: a replica has the last state of a disk; it is found, read through, and brought back.
async Task RecoverAsync()
{
    // As a hypervisor left it before it died: VM 7, disk 0, an overlay over the image.
    Directory.CreateDirectory(At("snaps/7/disk.0.snap"));
    File.Copy(At("base"), At("snaps/7/disk.0.snap/base"));
    await Qcow2Image.CreateOverlayAsync(At("snaps/7/disk.0.snap/base.1"), "disk.0.snap/base", new() { OpensBacking = false, VirtualSize = 8 << 20 });
    File.CreateSymbolicLink(At("snaps/7/disk.0"), "disk.0.snap/base.1");

    var store = new RecoveryStore(At("snaps"));
    foreach (RecoveryChain chain in await store.ListAsync()) Console.WriteLine($"{chain}: {chain.Size >> 10} KiB, {chain.Problem ?? "sound"}");
    RecoverySelection found = await store.FindAsync(vmId: 7, diskId: 0);
    RestorePlan plan = RecoveryRestore.Plan(found.Chain, "here", new RestoreTarget("here", At("restored")));
    var here = new LocalHost("here");
    await foreach (RestoreStep step in RecoveryRestore.RunAsync(plan, here, here)) Console.WriteLine($"  {Short(step.Text)}");

    await using Qcow2Image restored = await Qcow2Image.OpenAsync(At("restored/disk.0"));
    await using Stream now = restored.OpenGuestStream();
    await using Qcow2Image image = await Qcow2Image.OpenAsync(At("base"));
    await using Stream then = image.OpenGuestStream();
    byte[] brought = await SHA256.HashDataAsync(now), sent = await SHA256.HashDataAsync(then);
    Console.WriteLine($"the disk is back: {brought.AsSpan().SequenceEqual(sent)}");
}
