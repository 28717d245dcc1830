namespace OneEdge.Storage.Tests;

public sealed class DataFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("", false, Qcow2Preallocation.Off, 4L << 20)]
    [InlineData("", true, Qcow2Preallocation.Off, 4L << 20)]
    [InlineData("", false, Qcow2Preallocation.Metadata, 4L << 20)]
    [InlineData("", true, Qcow2Preallocation.Metadata, 1L << 30)]
    [InlineData("cluster_size=4096", true, Qcow2Preallocation.Off, 16L << 20)]
    [InlineData("refcount_bits=8", false, Qcow2Preallocation.Off, 1L << 40)]
    public async Task Image_with_a_data_file_is_byte_for_byte_that_of_qemu_img(string more, bool isRaw, Qcow2Preallocation preallocation, long size)
    {
        string options = $"data_file={_directory["data"]},data_file_raw={(isRaw ? "on" : "off")}";
        if (preallocation == Qcow2Preallocation.Metadata) options += ",preallocation=metadata";
        QemuTools.Img("create", "-q", "-f", "qcow2", "-o", more.Length == 0 ? options : $"{options},{more}", _directory["theirs"], $"{size}");
        long length = new FileInfo(_directory["data"]).Length;
        File.Delete(_directory["data"]);
        Qcow2CreateOptions create = Options(isRaw) with { Preallocation = preallocation };
        await Qcow2Image.CreateAsync(_directory["ours"], size, more switch
        {
            "cluster_size=4096" => create with { ClusterSize = 4096 },
            "refcount_bits=8" => create with { RefcountBits = 8 },
            _ => create,
        }, Token);
        Assert.Equal(await File.ReadAllBytesAsync(_directory["theirs"], Token), await File.ReadAllBytesAsync(_directory["ours"], Token));
        Assert.Equal(length, new FileInfo(_directory["data"]).Length);
    }

    [Theory]
    [InlineData(false, Qcow2Preallocation.Off)]
    [InlineData(true, Qcow2Preallocation.Off)]
    [InlineData(true, Qcow2Preallocation.Falloc)]
    [InlineData(false, Qcow2Preallocation.Full)]
    public async Task What_qemu_writes_to_it_is_read_here_as_there(bool isRaw, Qcow2Preallocation preallocation)
    {
        string image = _directory["image"];
        // Not whole clusters: what the guest sees ends in one.
        await Qcow2Image.CreateAsync(image, (3 << 20) + 512, Options(isRaw) with { Preallocation = preallocation }, Token);
        Assert.Equal((3 << 20) + 512, new FileInfo(_directory["data"]).Length);
        QemuTools.AssertClean(image);
        QemuTools.Io(image, "write -P 7 64k 100k", "write -P 8 2M 1M", "write -P 9 3M 512", "write -z 2M 64k");
        QemuTools.AssertClean(image);
        await using Qcow2Image opened = await Qcow2Image.OpenAsync(image, cancellationToken: Token);
        Assert.True((await opened.CheckAsync(Token)).IsClean);
        await opened.FlattenAsync(_directory["raw"], new Qcow2FlattenOptions { Format = DiskImageFormat.Raw }, cancellationToken: Token);
        QemuTools.AssertSameContent(image, _directory["raw"], "qcow2", "raw");
        if (isRaw) Assert.Equal(await File.ReadAllBytesAsync(_directory["data"], Token), await File.ReadAllBytesAsync(_directory["raw"], Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Raw_data_file_that_others_write_is_what_the_guest_sees(bool hasExtendedL2)
    {
        // qemu leaves subclusters out of its tables, and then does not see what others wrote.
        await CreateAsync(Options(isRaw: true) with { HasExtendedL2 = hasExtendedL2 });
        byte[] content = new byte[1 << 20];
        new Random(1).NextBytes(content);
        await File.WriteAllBytesAsync(_directory["data"], content, Token);
        QemuTools.AssertClean(_directory["image"]);
        QemuTools.AssertSameContent(_directory["image"], _directory["data"], "qcow2", "raw");
        await using Qcow2Image image = await Qcow2Image.OpenAsync(_directory["image"], cancellationToken: Token);
        Assert.True((await image.CheckAsync(Token)).IsClean);
        await using Stream guest = image.OpenGuestStream();
        byte[] seen = new byte[content.Length];
        await guest.ReadExactlyAsync(seen, Token);
        Assert.Equal(content, seen);
    }

    [Fact]
    public async Task Overlay_may_have_a_data_file_and_shows_its_backing_file()
    {
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["base"], "1M");
        QemuTools.Io(_directory["base"], "write -P 5 0 128k");
        await Qcow2Image.CreateOverlayAsync(_directory["over"], "base", new Qcow2OverlayOptions { Create = Options(isRaw: false) }, Token);
        QemuTools.AssertClean(_directory["over"]);
        QemuTools.AssertSameContent(_directory["over"], _directory["base"]);
    }

    [Fact]
    public async Task Relative_name_is_one_of_the_directory_of_the_image()
    {
        Directory.CreateDirectory(_directory["sub"]);
        await Qcow2Image.CreateAsync(_directory["sub/image"], 1 << 20, new Qcow2CreateOptions { DataFile = "data" }, Token);
        Assert.True(File.Exists(_directory["sub/data"]));
        await using Qcow2Image image = await Qcow2Image.OpenAsync(_directory["sub/image"], cancellationToken: Token);
        Assert.Equal("data", image.Info.Header!.DataFile);
        Assert.Equal(["data", "image"], Directory.EnumerateFileSystemEntries(_directory["sub"]).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("nbd://127.0.0.1/x")]
    [InlineData("json:{}")]
    [InlineData("file:x")]
    [InlineData("x/")]
    public async Task Name_that_is_no_file_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => CreateAsync(new Qcow2CreateOptions { DataFile = name }));
        AssertNothing();
    }

    [Fact]
    public async Task Contradictions_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => CreateAsync(new Qcow2CreateOptions { HasRawDataFile = true }));
        await Assert.ThrowsAsync<ArgumentException>(() => CreateAsync(Options(isRaw: false) with { Version = 2 }));
        await Assert.ThrowsAsync<ArgumentException>(() => Qcow2Image.CreateOverlayAsync(
            _directory["over"], "base", new Qcow2OverlayOptions { Create = Options(isRaw: true) }, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Qcow2Image.CreateOverlaysAsync(
            [new Qcow2NewOverlay(_directory["over"], "base")], new Qcow2OverlayOptions { Create = Options(isRaw: false) }, Token));
        AssertNothing();
    }

    [Fact]
    public async Task Copy_has_no_data_file()
    {
        await Qcow2Image.CreateAsync(_directory["source"], 1 << 20, cancellationToken: Token);
        await using Qcow2Image image = await Qcow2Image.OpenAsync(_directory["source"], cancellationToken: Token);
        await Assert.ThrowsAsync<ArgumentException>(
            () => image.FlattenAsync(_directory["flat"], new Qcow2FlattenOptions { Create = Options(isRaw: false) }, cancellationToken: Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Image_is_not_its_own_data_file(bool overwrites)
    {
        string image = _directory["image"];
        if (overwrites) File.WriteAllText(image, "precious");
        foreach (string name in new[] { "image", "./image", image })
        {
            var options = new Qcow2CreateOptions { DataFile = name, Overwrites = overwrites };
            Qcow2Exception refused = await Assert.ThrowsAsync<Qcow2Exception>(() => Qcow2Image.CreateAsync(image, 1 << 20, options, Token));
            Assert.Equal(StorageErrorCodes.NotPossible, refused.Code);
        }

        if (overwrites) Assert.Equal("precious", File.ReadAllText(image));
        else AssertNothing();
    }

    [Fact]
    public async Task File_that_is_there_already_is_kept_and_no_half_of_a_pair_is_left()
    {
        _directory.Write("data", "precious");
        Assert.Equal(StorageErrorCodes.AlreadyExists, (await Assert.ThrowsAsync<Qcow2Exception>(() => CreateAsync(Options(isRaw: false)))).Code);
        Assert.Equal(["data"], Names());
        Assert.Equal("precious", File.ReadAllText(_directory["data"]));
        File.Delete(_directory["data"]);
        _directory.Write("image", "precious");
        Assert.Equal(StorageErrorCodes.AlreadyExists, (await Assert.ThrowsAsync<Qcow2Exception>(() => CreateAsync(Options(isRaw: false)))).Code);
        Assert.Equal(["image"], Names());
        await CreateAsync(Options(isRaw: true) with { Overwrites = true });
        await CreateAsync(Options(isRaw: true) with { Overwrites = true });
        QemuTools.AssertClean(_directory["image"]);
    }

    [Fact]
    public async Task Link_and_file_below_are_no_data_files()
    {
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["base"], "1M");
        byte[] kept = await File.ReadAllBytesAsync(_directory["base"], Token);
        var options = new Qcow2CreateOptions { DataFile = "base", Overwrites = true };
        Assert.Equal(StorageErrorCodes.BackingLoop, (await Assert.ThrowsAsync<Qcow2Exception>(
            () => Qcow2Image.CreateOverlayAsync(_directory["over"], "base", new Qcow2OverlayOptions { Create = options }, Token))).Code);
        File.CreateSymbolicLink(_directory["link"], _directory["base"]);
        Assert.Equal(StorageErrorCodes.NotAFile, (await Assert.ThrowsAsync<Qcow2Exception>(() => CreateAsync(options with { DataFile = "link" }))).Code);
        Assert.Equal(kept, await File.ReadAllBytesAsync(_directory["base"], Token));
        Assert.Equal(["base", "link"], Names());
    }

    [Fact]
    public async Task Name_that_does_not_fit_the_header_is_refused()
    {
        var options = new Qcow2CreateOptions { DataFile = new string('x', 200), ClusterSize = 512, HasRawDataFile = true };
        await CreateAsync(options with { DataFile = new string('x', 100) });
        File.Delete(_directory["image"]);
        await Assert.ThrowsAsync<Qcow2Exception>(() => CreateAsync(options with { DataFile = new string('x', 250) + "/" + new string('y', 250) }));
    }

    private Qcow2CreateOptions Options(bool isRaw) => new() { DataFile = _directory["data"], HasRawDataFile = isRaw };

    private Task CreateAsync(Qcow2CreateOptions options) => Qcow2Image.CreateAsync(_directory["image"], 1 << 20, options, Token);

    private string[] Names() => [.. Directory.EnumerateFileSystemEntries(_directory.Path).Select(name => Path.GetFileName(name)).Order(StringComparer.Ordinal)];

    private void AssertNothing() => Assert.Empty(Names());
}
