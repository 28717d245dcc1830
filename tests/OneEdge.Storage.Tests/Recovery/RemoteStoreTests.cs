using System.Runtime.Versioning;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

/// <summary>All that holds for a store here holds for one that a replica reads, behind SSH.</summary>
[SupportedOSPlatform("linux")]
public sealed class RemoteStoreTests : StoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal override RecoveryStore Store => new(World.ReplicaHost, World.Options.StoreDirectory);

    [Fact]
    public async Task Both_ways_of_reading_tell_the_same()
    {
        World.Options = World.Options with { KeepGenerations = 2 };
        await World.TakeAsync();
        World.Write(World.Disk, "write -P 2 1M 64k");
        await World.TakeAsync();
        await World.TakeAsync(World.MakeDisk(8, 3));
        Assert.Equal(await World.Store.ListAsync(cancellationToken: Token), await Store.ListAsync(cancellationToken: Token));
        Assert.Equal((await World.Store.FindAsync(7, 0, null, Token)).Chain, (await Store.FindAsync(7, 0, null, Token)).Chain);
    }

    [Fact]
    public async Task Front_end_restores_what_the_replica_tells()
    {
        World.Write(World.Disk, "write -P 6 3M 64k");
        await World.TakeAsync();
        RecoverySelection selection = await Store.FindAsync(7, 0, null, Token);
        string directory = Path.Combine(World.Directory, "h2", "7");
        World.Ssh.Start("h2");
        RestorePlan plan = RecoveryRestore.Plan(selection.Chain, RecoveryWorld.Replica, new RestoreTarget("h2", directory) { Ssh = World.Options.Ssh });
        await RecoveryWorld.RunAsync(plan, World.ReplicaHost, new SshHost("h2", World.Options.Ssh));
        Assert.Equal(await RecoveryWorld.GuestBytesAsync(World.Disk.File), await RecoveryWorld.GuestBytesAsync($"{directory}/disk.0"));
    }

    [Fact]
    public async Task Store_that_is_not_there_is_empty_and_a_dead_host_an_error()
    {
        Assert.Empty(await new RecoveryStore(World.ReplicaHost, "/nowhere").ListAsync(cancellationToken: Token));
        World.Ssh.Kill(RecoveryWorld.Replica);
        await Assert.ThrowsAsync<HostException>(() => Store.ListAsync(cancellationToken: Token));
    }
}
