using CsCheck;

namespace OneEdge.Storage.Tests;

public sealed class CreateTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("", "1G")]
    [InlineData("", "0")]
    [InlineData("", "1000")]
    [InlineData("", "1T")]
    [InlineData("cluster_size=512", "1G")]
    [InlineData("cluster_size=512", "4M")]
    [InlineData("cluster_size=1024", "100M")]
    [InlineData("cluster_size=2M", "1G")]
    [InlineData("compat=0.10", "1G")]
    [InlineData("compat=0.10,cluster_size=512", "10M")]
    [InlineData("refcount_bits=1", "10G")]
    [InlineData("refcount_bits=2,cluster_size=4096", "10G")]
    [InlineData("refcount_bits=8", "10G")]
    [InlineData("refcount_bits=32", "10G")]
    [InlineData("refcount_bits=64,cluster_size=512", "10M")]
    [InlineData("lazy_refcounts=on", "10G")]
    [InlineData("extended_l2=on", "10G")]
    [InlineData("extended_l2=on,cluster_size=16384,compression_type=zstd", "10G")]
    public async Task New_image_is_byte_for_byte_that_of_qemu_img(string options, string size)
    {
        QemuTools.Img(["create", "-q", "-f", "qcow2", .. QemuTools.Option("-o", options), _directory["theirs"], size]);
        await Qcow2Image.CreateAsync(_directory["ours"], Bytes(size), Parse(options), Token);
        Assert.Equal(await File.ReadAllBytesAsync(_directory["theirs"], Token), await File.ReadAllBytesAsync(_directory["ours"], Token));
    }

    [Theory]
    [InlineData("", "qcow2", "base")]
    [InlineData("", "raw", "base")]
    [InlineData("compat=0.10", "qcow2", "base")]
    [InlineData("cluster_size=512", "qcow2", "./base")]
    [InlineData("extended_l2=on", "qcow2", "sub/../base")]
    [InlineData("", "qcow2", "ABSOLUTE")]
    public async Task New_overlay_is_byte_for_byte_that_of_qemu_img(string options, string format, string backing)
    {
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["base"], "5M");
        Directory.CreateDirectory(_directory["sub"]);
        backing = backing.Replace("ABSOLUTE", _directory["base"], StringComparison.Ordinal);
        QemuTools.Img(["create", "-q", "-f", "qcow2", "-b", backing, "-F", format, .. QemuTools.Option("-o", options), _directory["theirs"]]);
        var overlay = new Qcow2OverlayOptions { BackingFormat = format == "raw" ? DiskImageFormat.Raw : DiskImageFormat.Qcow2, Create = Parse(options) };
        await Qcow2Image.CreateOverlayAsync(_directory["ours"], backing, overlay, Token);
        Assert.Equal(await File.ReadAllBytesAsync(_directory["theirs"], Token), await File.ReadAllBytesAsync(_directory["ours"], Token));
    }

    [Fact]
    public void Any_options_make_an_image_that_qemu_finds_clean_and_reads_as_zeroes()
    {
        Gen<Qcow2CreateOptions> options =
            from clusterBits in Gen.Int[9, 21]
            from version in Gen.Int[2, 3]
            from order in Gen.Int[0, 6]
            from flags in Gen.Int[0, 7]
            from preallocation in Gen.Enum<Qcow2Preallocation>()
            select version == 2
                ? new Qcow2CreateOptions { ClusterSize = 1 << clusterBits, Version = 2, Preallocation = preallocation, Overwrites = true }
                : new Qcow2CreateOptions
                {
                    ClusterSize = 1 << clusterBits,
                    RefcountBits = 1 << order,
                    HasLazyRefcounts = (flags & 1) != 0,
                    HasExtendedL2 = (flags & 2) != 0 && clusterBits >= 14,
                    CompressionType = (flags & 4) != 0 ? Qcow2CompressionType.Zstd : Qcow2CompressionType.Zlib,
                    Preallocation = preallocation,
                    Overwrites = true,
                };
        string image = _directory["image"], empty = _directory["empty"];
        Gen.Select(options, Gen.Long[0, 4 << 20]).Sample(
            (create, size) =>
            {
                Qcow2Image.CreateAsync(image, size, create, Token).GetAwaiter().GetResult();
                QemuTools.AssertClean(image);
                using (FileStream zeroes = File.Create(empty)) zeroes.SetLength((size + 511) & ~511L);
                QemuTools.AssertSameContent(image, empty, "qcow2", "raw");
            },
            iter: 40,
            threads: 1);
    }

    [Theory]
    [InlineData(Qcow2Preallocation.Metadata, false)]
    [InlineData(Qcow2Preallocation.Falloc, true)]
    [InlineData(Qcow2Preallocation.Full, true)]
    public async Task Preallocation_gives_every_cluster_a_place_and_blocks_as_asked(Qcow2Preallocation preallocation, bool hasBlocks)
    {
        string image = _directory["image"];
        await Qcow2Image.CreateAsync(image, 8 << 20, new Qcow2CreateOptions { Preallocation = preallocation }, Token);
        QemuTools.AssertClean(image);
        Assert.Equal(128, QemuTools.AllocatedClusters(image));
        DiskImageInfo info = await DiskImageInfo.ReadAsync(image, cancellationToken: Token);
        Assert.Equal(hasBlocks, info.ActualSize >= 8 << 20);
    }

    [Fact]
    public async Task Preallocated_overlay_shows_its_backing_file()
    {
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["base"], "4M");
        QemuTools.Io(_directory["base"], "write -P 7 64k 1M");
        var options = new Qcow2OverlayOptions { Create = new Qcow2CreateOptions { HasExtendedL2 = true, Preallocation = Qcow2Preallocation.Metadata } };
        await Qcow2Image.CreateOverlayAsync(_directory["over"], "base", options, Token);
        QemuTools.AssertClean(_directory["over"]);
        QemuTools.AssertSameContent(_directory["over"], _directory["base"]);
    }

    [Fact]
    public async Task Existing_file_is_kept_unless_it_may_be_replaced()
    {
        string image = _directory.Write("image", "precious");
        StorageException refused = await Assert.ThrowsAsync<Qcow2Exception>(() => Qcow2Image.CreateAsync(image, 1 << 20, cancellationToken: Token));
        Assert.Equal(StorageErrorCodes.AlreadyExists, refused.Code);
        Assert.Equal("precious", await File.ReadAllTextAsync(image, Token));

        File.SetUnixFileMode(image, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        await Qcow2Image.CreateAsync(image, 1 << 20, new Qcow2CreateOptions { Overwrites = true }, Token);
        QemuTools.AssertClean(image);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(image));
        Assert.Single(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Link_directory_and_missing_directory_are_refused()
    {
        var overwrite = new Qcow2CreateOptions { Overwrites = true };
        string target = _directory.Write("target", "precious");
        File.CreateSymbolicLink(_directory["link"], target);
        Directory.CreateDirectory(_directory["sub"]);
        async Task<string> CodeAsync(string name) =>
            (await Assert.ThrowsAnyAsync<StorageException>(() => Qcow2Image.CreateAsync(_directory[name], 512, overwrite, Token))).Code;
        Assert.Equal(StorageErrorCodes.NotAFile, await CodeAsync("link"));
        Assert.Equal(StorageErrorCodes.NotAFile, await CodeAsync("sub"));
        Assert.Equal(StorageErrorCodes.WriteFailed, await CodeAsync("no/image"));
        Assert.Equal("precious", await File.ReadAllTextAsync(target, Token));
    }

    [Fact]
    public async Task Options_that_no_image_can_have_are_refused()
    {
        Qcow2CreateOptions[] refused =
        [
            new() { ClusterSize = 1000 }, new() { ClusterSize = 256 }, new() { ClusterSize = 4 << 20 }, new() { Version = 1 },
            new() { Version = 2, RefcountBits = 8 },
            new() { RefcountBits = 3 }, new() { HasExtendedL2 = true, ClusterSize = 8192 }, new() { Version = 2, CompressionType = Qcow2CompressionType.Zstd },
        ];
        foreach (Qcow2CreateOptions options in refused)
            await Assert.ThrowsAsync<ArgumentException>(() => Qcow2Image.CreateAsync(_directory["image"], 1 << 20, options, Token));
        var small = new Qcow2CreateOptions { ClusterSize = 512 };
        await Assert.ThrowsAsync<ArgumentException>(() => Qcow2Image.CreateAsync(_directory["image"], 8L << 40, small, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Qcow2Image.CreateAsync(_directory["image"], -1, cancellationToken: Token));
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Full_disk_leaves_nothing()
    {
        using SmallDisk disk = SmallDisk.Mount(_directory["disk"], "size=256k");
        var full = new Qcow2CreateOptions { Preallocation = Qcow2Preallocation.Full };
        StorageException failed = await Assert.ThrowsAsync<StorageException>(() => Qcow2Image.CreateAsync(_directory["disk/image"], 1 << 20, full, Token));
        Assert.Equal(StorageErrorCodes.WriteFailed, failed.Code);
        Assert.Empty(Directory.GetFileSystemEntries(_directory["disk"]));
        string old = _directory.Write("disk/old", "precious");
        await Assert.ThrowsAsync<StorageException>(() => Qcow2Image.CreateAsync(old, 1 << 20, full with { Overwrites = true }, Token));
        Assert.Equal("precious", await File.ReadAllTextAsync(old, Token));
        Assert.Single(Directory.GetFileSystemEntries(_directory["disk"]));
    }

    private static long Bytes(string size) => size[^1] switch
    {
        'M' => long.Parse(size[..^1], null) << 20,
        'G' => long.Parse(size[..^1], null) << 30,
        'T' => long.Parse(size[..^1], null) << 40,
        _ => long.Parse(size, null),
    };

    private static Qcow2CreateOptions Parse(string text)
    {
        var options = new Qcow2CreateOptions();
        foreach (string[] option in text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(o => o.Split('=')))
        {
            options = option switch
            {
                ["cluster_size", "2M"] => options with { ClusterSize = 2 << 20 },
                ["cluster_size", var value] => options with { ClusterSize = int.Parse(value, null) },
                ["compat", "0.10"] => options with { Version = 2 },
                ["refcount_bits", var value] => options with { RefcountBits = int.Parse(value, null) },
                ["lazy_refcounts", "on"] => options with { HasLazyRefcounts = true },
                ["extended_l2", "on"] => options with { HasExtendedL2 = true },
                ["compression_type", "zstd"] => options with { CompressionType = Qcow2CompressionType.Zstd },
                _ => throw new NotSupportedException(string.Join('=', option)),
            };
        }

        return options;
    }
}
