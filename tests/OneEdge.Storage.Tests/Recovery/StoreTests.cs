using System.Runtime.Versioning;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage.Tests.Recovery;

[SupportedOSPlatform("linux")]
public class StoreTests : IDisposable
{
    private readonly RecoveryWorld _world = new();

    internal RecoveryWorld World => _world;

    /// <summary>The store as this process reads it.</summary>
    internal virtual RecoveryStore Store => _world.Store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_tells_age_size_and_health()
    {
        RecoveryOutcome outcome = await _world.TakeAsync();
        RecoveryChain chain = Assert.Single(await Store.ListAsync(7, Token));
        Assert.Equal((7, 0, 1, (string?)null), (chain.VmId, chain.DiskId, (int)chain.Generation!, chain.Problem));
        Assert.Equal(TimeSpan.FromMinutes(5), chain.Age(outcome.State.LastSuccess!.Value.AddMinutes(5)));
        Assert.InRange(chain.Size, 1 << 20, 4 << 20);
        Assert.Equal(8 << 20, chain.VirtualSize);
        Assert.Empty(await Store.ListAsync(8, Token));
    }

    [Theory]
    [InlineData("base.1")]
    [InlineData("base")]
    public async Task Damaged_newest_generation_is_passed_for_the_one_before(string file)
    {
        await TwoGenerationsAsync(newBase: file == "base");
        DiskFiles newest = _world.There.Generation(2);
        Damage($"{newest.SnapshotDirectory}/{file}");
        RecoverySelection selection = await Store.FindAsync(7, 0, null, Token);
        Assert.Equal(1, selection.Chain.Generation);
        Assert.Contains("SHA-256", Assert.Single(selection.Passed).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("missing")]
    [InlineData("manifest")]
    [InlineData("other manifest")]
    [InlineData("raw")]
    public async Task Generation_that_is_no_whole_chain_is_passed(string kind)
    {
        await TwoGenerationsAsync();
        DiskFiles newest = _world.There.Generation(2);
        switch (kind)
        {
            case "cut":
                using (FileStream stream = File.Open(newest.Overlay, FileMode.Open)) stream.SetLength(stream.Length / 2);
                break;
            case "missing": File.Delete(newest.Base); break;
            case "manifest": File.WriteAllText(newest.Manifest, "{}"); break;
            case "other manifest": File.Copy(_world.There.Generation(1).Manifest, newest.Manifest, overwrite: true); break;
            default:
                File.Delete(newest.Overlay);
                File.WriteAllBytes(newest.Overlay, new byte[100_000]);
                break;
        }

        RecoverySelection selection = await Store.FindAsync(7, 0, null, Token);
        Assert.Equal(1, selection.Chain.Generation);
        Assert.NotNull(Assert.Single(await Store.ListAsync(7, Token), chain => chain.Generation == 2).Problem);
    }

    [Fact]
    public async Task Nothing_whole_is_an_error_with_every_reason()
    {
        await TwoGenerationsAsync();
        File.Delete(_world.There.Generation(1).Manifest);
        Damage(_world.There.Generation(2).Overlay);
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => Store.FindAsync(7, 0, null, Token));
        Assert.Equal(StorageErrorCodes.NoRecoveryChain, failure.Code);
        Assert.Contains("generation 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("generation 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Window_11_base_of_a_failed_deployment_is_no_snapshot()
    {
        Original(withOverlay: false);
        Assert.Empty(await Store.ListAsync(cancellationToken: Token));
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => Store.FindAsync(7, 0, null, Token));
        Assert.Contains("no base with a base.1", failure.Message, StringComparison.Ordinal);
        await _world.TakeAsync();
        Assert.Equal(1, (await Store.FindAsync(7, 0, null, Token)).Chain.Generation);
    }

    [Fact]
    public async Task Window_12_directory_that_an_earlier_deployment_left_is_not_restored()
    {
        await _world.TakeAsync();
        DateTimeOffset start = DateTimeOffset.UtcNow.AddMinutes(1);
        StorageException failure = await Assert.ThrowsAsync<StorageException>(() => Store.FindAsync(7, 0, start, Token));
        Assert.Contains("another deployment", failure.Message, StringComparison.Ordinal);
        await Store.FindAsync(7, 0, start.AddDays(-1), Token);
    }

    [Fact]
    public async Task Chain_of_the_original_is_found_and_preferred_while_it_is_newer()
    {
        await _world.TakeAsync();
        _world.Write(_world.Disk, "write -P 9 0 64k");
        // As rsync of the original does: a new file under the old name.
        File.Copy(_world.Disk.OverlayFile, _world.There.Overlay + ".new");
        File.Move(_world.There.Overlay + ".new", _world.There.Overlay, overwrite: true);
        File.SetLastWriteTimeUtc(_world.There.Overlay, DateTime.UtcNow.AddMinutes(1));
        RecoverySelection selection = await Store.FindAsync(7, 0, null, Token);
        Assert.Null(selection.Chain.Generation);
        Assert.Equal(9, (await RecoveryWorld.GuestBytesAsync(selection.Chain.Files.Disk))[0]);
        File.SetLastWriteTimeUtc(_world.There.Overlay, DateTime.UtcNow.AddDays(-1));
        Assert.Equal(1, (await Store.FindAsync(7, 0, null, Token)).Chain.Generation);
    }

    [Theory]
    [InlineData("/etc/passwd", "raw")]
    [InlineData("../../../../../../etc/passwd", "raw")]
    [InlineData("disk.0.snap/base", "raw")]
    [InlineData("disk.1.snap/base", "qcow2")]
    [InlineData("json:{\"driver\":\"raw\",\"file\":{\"driver\":\"file\",\"filename\":\"/etc/passwd\"}}", "raw")]
    [InlineData("nbd://127.0.0.1:1/x", "raw")]
    public async Task Overlay_that_names_anything_but_its_base_is_refused(string backing, string format)
    {
        Original(withOverlay: false);
        _world.Images.Img("create", "-q", "-f", "qcow2", "-u", "-F", format, "-b", backing, _world.There.Overlay, "8M");
        Assert.NotNull(Assert.Single(await Store.ListAsync(7, Token)).Problem);
        await Assert.ThrowsAsync<StorageException>(() => Store.FindAsync(7, 0, null, Token));
    }

    [Fact]
    public async Task Base_on_another_image_is_refused()
    {
        Original(withOverlay: true);
        File.Delete(_world.There.Base);
        _world.Images.Img("create", "-q", "-f", "qcow2", "-u", "-F", "raw", "-b", "/etc/passwd", _world.There.Base, "8M");
        await Assert.ThrowsAsync<StorageException>(() => Store.FindAsync(7, 0, null, Token));
    }

    [Fact]
    public async Task Names_that_are_no_machines_disks_or_generations_are_left_alone()
    {
        await _world.TakeAsync();
        string store = _world.Options.StoreDirectory;
        foreach (string name in new[] { "07", "-1", "x", "99999999999999999999", "7/disk.x.snap", "7/disk.00.snap", "7/.oneedge/disk.0/0",
            "7/.oneedge/disk.0/01", "7/.oneedge/disk.0/99999999999999999999", "7/.oneedge/disk.-1" })
            Directory.CreateDirectory(Path.Combine(store, name));
        Directory.CreateSymbolicLink(Path.Combine(store, "8"), Path.Combine(store, "7"));
        Directory.CreateSymbolicLink(Path.Combine(store, "7", "disk.5.snap"), _world.There.SnapshotDirectory);
        Directory.CreateSymbolicLink(Path.Combine(store, "7", ".oneedge", "disk.0", "6"), _world.There.Generation(1).Directory);
        Assert.Equal([(7, 0, 1)], (await Store.ListAsync(cancellationToken: Token)).Select(chain => (chain.VmId, chain.DiskId, (int)chain.Generation!)));
        await _world.TakeAsync();
    }

    [Fact]
    public async Task Link_in_the_place_of_an_image_does_not_lead_out_of_the_store()
    {
        await _world.TakeAsync();
        DiskFiles newest = _world.There.Generation(1);
        File.Move(newest.Base, Path.Combine(_world.Directory, "base"));
        File.CreateSymbolicLink(newest.Base, Path.Combine(_world.Directory, "base"));
        await Assert.ThrowsAsync<StorageException>(() => Store.FindAsync(7, 0, null, Token));
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _world.Dispose();
    }

    private static void Damage(string file)
    {
        using FileStream stream = File.Open(file, FileMode.Open);
        // In the data, where no table tells.
        stream.Position = stream.Length - 1000;
        int old = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(old ^ 1));
    }

    private async Task TwoGenerationsAsync(bool newBase = false)
    {
        _world.Options = _world.Options with { KeepGenerations = 2 };
        _world.Write(_world.Disk, "write -P 2 1M 64k");
        await _world.TakeAsync();
        _world.Write(_world.Disk, "write -P 3 1M 64k");
        if (newBase) _world.Images.Io(_world.Disk.BaseFile, ["write -P 8 0 64k"]);
        await _world.TakeAsync();
    }

    private void Original(bool withOverlay)
    {
        Directory.CreateDirectory(_world.There.SnapshotDirectory);
        File.Copy(_world.Disk.BaseFile, _world.There.Base);
        File.CreateSymbolicLink(_world.There.Disk, _world.There.LinkTarget);
        if (withOverlay) File.Copy(_world.Disk.OverlayFile, _world.There.Overlay);
    }
}
