namespace OneEdge.Storage.Tests;

public sealed class OverlayTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Overlay_has_the_size_of_its_backing_file_through_its_format()
    {
        await Qcow2Image.CreateAsync(_directory["base.1"], 5 << 20, cancellationToken: Token);
        await Qcow2Image.CreateOverlayAsync(_directory["base.2"], backing: "base.1", cancellationToken: Token);
        await Qcow2Image.CreateOverlayAsync(_directory["raw.2"], "base.1", new Qcow2OverlayOptions { BackingFormat = DiskImageFormat.Raw }, Token);
        await Qcow2Image.CreateOverlayAsync(_directory["base.3"], "base.2", new Qcow2OverlayOptions { VirtualSize = 1000 }, Token);
        Assert.Equal(5 << 20, QemuTools.Info(_directory["base.2"]).GetProperty("virtual-size").GetInt64());
        Assert.Equal((new FileInfo(_directory["base.1"]).Length + 511) & ~511L, QemuTools.Info(_directory["raw.2"]).GetProperty("virtual-size").GetInt64());
        Assert.Equal(1024, QemuTools.Info(_directory["base.3"]).GetProperty("virtual-size").GetInt64());
        QemuTools.AssertClean(_directory["base.3"]);
        QemuTools.Io(_directory["base.2"], "write -P 1 1M 64k", "read -P 0 0 1M");
    }

    [Fact]
    public async Task Backing_name_is_relative_to_the_directory_of_the_new_image()
    {
        Directory.CreateDirectory(_directory["disk.0.snap"]);
        File.CreateSymbolicLink(_directory["disk.0.snap/disk.0.snap"], ".");
        await Qcow2Image.CreateAsync(_directory["disk.0.snap/base"], 3 << 20, cancellationToken: Token);
        await Qcow2Image.CreateOverlayAsync(_directory["disk.0.snap/base.1"], "disk.0.snap/base", cancellationToken: Token);
        File.CreateSymbolicLink(_directory["disk.0"], "disk.0.snap/base.1");
        foreach (string name in (string[])["disk.0", "disk.0.snap/base.1"])
        {
            await using Qcow2Image disk = await Qcow2Image.OpenAsync(_directory[name], cancellationToken: Token);
            Assert.Equal(2, disk.BackingChain.Count);
            QemuTools.AssertClean(_directory[name]);
        }
    }

    [Fact]
    public async Task What_cannot_be_opened_below_is_found_before_anything_is_written()
    {
        _directory.Write("raw", new byte[1 << 20]);
        await Qcow2Image.CreateAsync(_directory["base"], 1 << 20, cancellationToken: Token);
        await Qcow2Image.CreateOverlayAsync(_directory["middle"], "base", cancellationToken: Token);
        File.Delete(_directory["base"]);
        int before = Directory.GetFileSystemEntries(_directory.Path).Length;

        async Task<string> CodeAsync(string backing, Qcow2OverlayOptions? options = null) =>
            (await Assert.ThrowsAsync<Qcow2Exception>(() => Qcow2Image.CreateOverlayAsync(_directory["new"], backing, options, Token))).Code;
        Assert.Equal(StorageErrorCodes.FileMissing, await CodeAsync("nothing"));
        Assert.Equal(StorageErrorCodes.BackingMissing, await CodeAsync("middle"));
        Assert.Equal(StorageErrorCodes.NotQcow2, await CodeAsync("raw"));
        Assert.Equal(StorageErrorCodes.BackingProtocol, await CodeAsync("nbd:localhost:1"));
        var unopened = new Qcow2OverlayOptions { OpensBacking = false, VirtualSize = 512 };
        Assert.Equal(StorageErrorCodes.BackingName, await CodeAsync(new string('x', 1100), unopened));
        Assert.Equal(before, Directory.GetFileSystemEntries(_directory.Path).Length);
    }

    [Fact]
    public async Task Backing_file_need_not_be_there_when_it_is_not_opened()
    {
        var options = new Qcow2OverlayOptions { OpensBacking = false };
        await Assert.ThrowsAsync<ArgumentException>(() => Qcow2Image.CreateOverlayAsync(_directory["new"], "later", options, Token));
        await Qcow2Image.CreateOverlayAsync(_directory["new"], "later", options with { VirtualSize = 1 << 20 }, cancellationToken: Token);
        QemuTools.Img("create", "-q", "-f", "qcow2", "-u", "-b", "later", "-F", "qcow2", _directory["theirs"], "1M");
        Assert.Equal(await File.ReadAllBytesAsync(_directory["theirs"], Token), await File.ReadAllBytesAsync(_directory["new"], Token));
    }

    [Fact]
    public async Task Image_never_takes_the_place_of_its_own_backing_file()
    {
        await Qcow2Image.CreateAsync(_directory["base"], 1 << 20, cancellationToken: Token);
        await Qcow2Image.CreateOverlayAsync(_directory["top"], "base", cancellationToken: Token);
        byte[] before = await File.ReadAllBytesAsync(_directory["base"], Token);
        var overwrite = new Qcow2OverlayOptions { Create = new Qcow2CreateOptions { Overwrites = true } };
        Qcow2Exception refused = await Assert.ThrowsAsync<Qcow2Exception>(
            () => Qcow2Image.CreateOverlayAsync(_directory["base"], "top", overwrite, cancellationToken: Token));
        Assert.Equal(StorageErrorCodes.BackingLoop, refused.Code);
        Assert.Equal(before, await File.ReadAllBytesAsync(_directory["base"], Token));
    }

    [Fact]
    public async Task Preallocation_over_a_backing_file_needs_subclusters()
    {
        await Qcow2Image.CreateAsync(_directory["base"], 1 << 20, cancellationToken: Token);
        var options = new Qcow2OverlayOptions { Create = new Qcow2CreateOptions { Preallocation = Qcow2Preallocation.Metadata } };
        await Assert.ThrowsAsync<ArgumentException>(() => Qcow2Image.CreateOverlayAsync(_directory["new"], "base", options, Token));
    }

    [Fact]
    public async Task Many_overlays_are_the_same_as_single_ones()
    {
        await Qcow2Image.CreateAsync(_directory["base"], 1 << 30, cancellationToken: Token);
        Directory.CreateDirectory(_directory["a"]);
        Directory.CreateDirectory(_directory["b"]);
        await Qcow2Image.CreateOverlayAsync(_directory["a/single"], "../base", cancellationToken: Token);
        Qcow2NewOverlay[] many = [.. Enumerable.Range(0, 700).Select(i => new Qcow2NewOverlay(_directory[$"{(i % 2 == 0 ? "a" : "b")}/o{i}"], "../base"))];
        await Qcow2Image.CreateOverlaysAsync(many, cancellationToken: Token);
        byte[] expected = await File.ReadAllBytesAsync(_directory["a/single"], Token);
        foreach (Qcow2NewOverlay overlay in many) Assert.Equal(expected, await File.ReadAllBytesAsync(overlay.Path, Token));
        QemuTools.AssertClean(many[^1].Path);
        Assert.Equal(700 + 1 + 2 + 1, Directory.GetFileSystemEntries(_directory.Path, "*", SearchOption.AllDirectories).Length);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(600)]
    public async Task Either_all_of_many_overlays_are_made_or_none(int taken)
    {
        await Qcow2Image.CreateAsync(_directory["base"], 1 << 20, cancellationToken: Token);
        Qcow2NewOverlay[] many = [.. Enumerable.Range(0, 700).Select(i => new Qcow2NewOverlay(_directory[$"o{i}"], "base"))];
        _directory.Write($"o{taken}", "precious");
        Qcow2Exception failed = await Assert.ThrowsAsync<Qcow2Exception>(() => Qcow2Image.CreateOverlaysAsync(many, cancellationToken: Token));
        Assert.Equal(StorageErrorCodes.AlreadyExists, failed.Code);
        Assert.Equal(2, Directory.GetFileSystemEntries(_directory.Path).Length);
        Assert.Equal("precious", await File.ReadAllTextAsync(_directory[$"o{taken}"], Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Qcow2Image.CreateOverlaysAsync([many[0], many[0]], cancellationToken: Token));
    }

    [Fact]
    public async Task Full_disk_takes_all_of_many_overlays_back()
    {
        using SmallDisk disk = SmallDisk.Mount(_directory["disk"], "size=4m");
        await Qcow2Image.CreateAsync(_directory["base"], 1 << 20, cancellationToken: Token);
        Qcow2NewOverlay[] many = [.. Enumerable.Range(0, 900).Select(i => new Qcow2NewOverlay(_directory[$"disk/o{i}"], "../base"))];
        StorageException failed = await Assert.ThrowsAsync<StorageException>(() => Qcow2Image.CreateOverlaysAsync(many, cancellationToken: Token));
        Assert.Equal(StorageErrorCodes.WriteFailed, failed.Code);
        Assert.Empty(Directory.GetFileSystemEntries(_directory["disk"]));
    }

    [Fact]
    public async Task Cancelled_creation_leaves_nothing()
    {
        await Qcow2Image.CreateAsync(_directory["base"], 1 << 20, cancellationToken: Token);
        using var cancelled = new CancellationTokenSource();
        Qcow2NewOverlay[] many = [.. Enumerable.Range(0, 700).Select(i => new Qcow2NewOverlay(_directory[$"o{i}"], "base"))];
        IEnumerable<Qcow2NewOverlay> ThenCancelled()
        {
            foreach (Qcow2NewOverlay overlay in many) yield return overlay;
            cancelled.Cancel();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Qcow2Image.CreateOverlaysAsync(ThenCancelled(), cancellationToken: cancelled.Token));
        Assert.Single(Directory.GetFileSystemEntries(_directory.Path));
    }
}
