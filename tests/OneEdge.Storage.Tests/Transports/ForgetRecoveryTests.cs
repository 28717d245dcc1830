using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests;

public sealed class ForgetRecoveryTests
{
    [Fact]
    public async Task Forgotten_disk_keeps_no_generation_and_its_neighbour_keeps_all()
    {
        using var directory = new TemporaryDirectory();
        DiskFiles gone = DiskFiles.In(directory.Path, 1), kept = DiskFiles.In(directory.Path, 10);
        foreach (DiskFiles disk in new[] { gone, kept, gone.Generation(1), kept.Generation(1) }) Directory.CreateDirectory(disk.SnapshotDirectory);
        await new LocalHost("here").RunAsync(new HostScript("forget", DiskScripts.ForgetRecovery, gone.Disk, "0"), TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(gone.SnapshotDirectory) || Directory.Exists(gone.Generations));
        Assert.True(Directory.Exists(kept.SnapshotDirectory) && Directory.Exists(kept.Generation(1).SnapshotDirectory));
    }
}
