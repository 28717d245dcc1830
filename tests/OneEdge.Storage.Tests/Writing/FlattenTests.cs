using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;

namespace OneEdge.Storage.Tests;

public sealed class FlattenTests : IDisposable
{
    private static readonly Qcow2FlattenOptions Raw = new() { Format = DiskImageFormat.Raw, Create = new Qcow2CreateOptions { Overwrites = true } };

    private static readonly Qcow2FlattenOptions Overwriting = new() { Create = new Qcow2CreateOptions { Overwrites = true } };

    private readonly TemporaryDirectory _directory = new();

    // Encrypted guest data is not read here.
    public static TheoryData<string> Good =>
        [.. ImageCases.Good.Where(c => Has(c.Value, "raw_sha256", JsonValueKind.String) && !Has(c.Value, "secret", JsonValueKind.String)).Select(c => c.Key)];

    public static TheoryData<string> Hostile => [.. ImageCases.Hostile.Where(c => Has(c.Value, "convert", JsonValueKind.Object)).Select(c => c.Key)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Copy_of_any_chain_is_what_qemu_reads()
    {
        Gen<Qcow2FlattenOptions> copies =
            from clusterBits in Gen.Int[9, 21]
            from order in Gen.Int[0, 6]
            from flags in Gen.Int[0, 15]
            select new Qcow2FlattenOptions
            {
                Compresses = (flags & 1) != 0,
                IsDurable = false,
                Create = (flags & 14) == 14
                    ? new Qcow2CreateOptions { ClusterSize = 1 << clusterBits, Version = 2, Overwrites = true }
                    : new Qcow2CreateOptions
                    {
                        ClusterSize = 1 << clusterBits,
                        RefcountBits = 1 << order,
                        HasExtendedL2 = (flags & 2) != 0 && clusterBits >= 14,
                        CompressionType = (flags & 4) != 0 ? Qcow2CompressionType.Zstd : Qcow2CompressionType.Zlib,
                        Overwrites = true,
                    },
            };
        Gen.Select(RandomChain.Layers, copies).Sample(
            (layers, options) =>
            {
                string top = RandomChain.Make(_directory, layers);
                using Qcow2Image image = Qcow2Image.OpenAsync(top, cancellationToken: Token).GetAwaiter().GetResult();
                image.FlattenAsync(_directory["flat.raw"], Raw, cancellationToken: Token).GetAwaiter().GetResult();
                QemuTools.Img("convert", "-O", "raw", "-f", "qcow2", top, _directory["theirs.raw"]);
                Assert.Equal(Hash(_directory["theirs.raw"]), Hash(_directory["flat.raw"]));
                image.FlattenAsync(_directory["flat"], options, cancellationToken: Token).GetAwaiter().GetResult();
                QemuTools.AssertClean(_directory["flat"]);
                QemuTools.AssertSameContent(_directory["flat"], _directory["theirs.raw"], "qcow2", "raw");
            },
            iter: 40,
            threads: 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Copy_of_an_internal_snapshot_is_that_of_qemu_img(bool isOverlay)
    {
        string image = _directory["image"];
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["base"], "3M");
        QemuTools.Io(_directory["base"], "write -P 1 0 3M");
        QemuTools.Img(["create", "-q", "-f", "qcow2", .. isOverlay ? (string[])["-b", "base", "-F", "qcow2"] : [], image, "3M"]);
        QemuTools.Io(image, "write -P 2 1M 200k", "write -z 2M 64k");
        QemuTools.Img("snapshot", "-c", "before", image);
        QemuTools.Io(image, "write -P 3 0 2M");
        QemuTools.Img("resize", "-q", image, "4M");
        QemuTools.Img("snapshot", "-c", "larger", image);
        QemuTools.Io(image, "write -P 4 0 4M");
        await using Qcow2Image opened = await Qcow2Image.OpenAsync(image, cancellationToken: Token);
        foreach ((string name, long size) in new[] { ("before", 3L << 20), ("larger", 4L << 20) })
        {
            Qcow2Snapshot snapshot = opened.FindSnapshot(name);
            QemuTools.Img("convert", "-f", "qcow2", "-O", "raw", "-l", $"snapshot.name={name}", image, _directory["theirs"]);
            // qemu gives it the present size; what was not there is zero.
            using (FileStream theirs = File.Open(_directory["theirs"], FileMode.Open)) theirs.SetLength(size);
            await opened.FlattenAsync(_directory["flat"], Overwriting with { Snapshot = snapshot }, cancellationToken: Token);
            QemuTools.AssertClean(_directory["flat"]);
            QemuTools.AssertSameContent(_directory["flat"], _directory["theirs"], "qcow2", "raw");
            await opened.FlattenAsync(_directory["flat.raw"], Raw with { Snapshot = snapshot }, cancellationToken: Token);
            Assert.Equal(Hash(_directory["theirs"]), Hash(_directory["flat.raw"]));
        }
    }

    [Fact]
    public async Task Snapshot_of_another_image_is_refused_and_nothing_is_left()
    {
        foreach (string name in new[] { "one", "other" })
        {
            QemuTools.Img("create", "-q", "-f", "qcow2", _directory[name], "1M");
            QemuTools.Img("snapshot", "-c", name, _directory[name]);
        }

        await using Qcow2Image one = await Qcow2Image.OpenAsync(_directory["one"], cancellationToken: Token);
        DiskImageInfo other = await DiskImageInfo.ReadAsync(_directory["other"], cancellationToken: Token);
        Qcow2FlattenOptions options = Overwriting with { Snapshot = other.Snapshots[0] };
        await Assert.ThrowsAsync<ArgumentException>(() => one.FlattenAsync(_directory["flat"], options, cancellationToken: Token));
        Assert.False(File.Exists(_directory["flat"]));
    }

    [Fact]
    public async Task Snapshot_whose_table_leads_nowhere_is_refused_and_nothing_is_left()
    {
        string image = _directory["image"];
        QemuTools.Img("create", "-q", "-f", "qcow2", image, "1M");
        QemuTools.Io(image, "write -P 1 0 1M");
        QemuTools.Img("snapshot", "-c", "s", image);
        long table = (await DiskImageInfo.ReadAsync(image, cancellationToken: Token)).Header!.SnapshotsOffset;
        using (FileStream file = File.Open(image, FileMode.Open))
        {
            // The offset of its L1 table is the first field.
            file.Position = table + 7;
            file.WriteByte(1);
        }

        await Assert.ThrowsAsync<Qcow2Exception>(async () =>
        {
            await using Qcow2Image opened = await Qcow2Image.OpenAsync(image, cancellationToken: Token);
            await opened.FlattenAsync(_directory["flat"], Overwriting with { Snapshot = opened.Info.Snapshots[0] }, cancellationToken: Token);
        });
        Assert.False(File.Exists(_directory["flat"]));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Copy_of_a_recorded_image_has_the_recorded_content(string id)
    {
        ImageCase recorded = ImageCases.Good[id];
        using TemporaryDirectory directory = recorded.Unpack();
        string expected = recorded.Json.GetProperty("raw_sha256").GetString()!;
        await using (Qcow2Image image = await Qcow2Image.OpenAsync(recorded.Main, recorded.Options(directory), Token))
        {
            await image.FlattenAsync(_directory["raw"], Raw, cancellationToken: Token);
            Assert.Equal(expected, Hash(_directory["raw"]), ignoreCase: true);
            await image.FlattenAsync(_directory["flat"], new Qcow2FlattenOptions { Compresses = id.Length % 2 == 0 }, cancellationToken: Token);
        }

        await using Qcow2Image copy = await Qcow2Image.OpenAsync(_directory["flat"], cancellationToken: Token);
        Assert.Single(copy.BackingChain);
        await copy.FlattenAsync(_directory["raw"], Raw, cancellationToken: Token);
        Assert.Equal(expected, Hash(_directory["raw"]), ignoreCase: true);
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Copy_of_a_hostile_image_is_refused_or_what_qemu_reads(string id)
    {
        ImageCase recorded = ImageCases.Hostile[id];
        using TemporaryDirectory directory = recorded.Unpack();
        string? expected = recorded.Json.GetProperty("convert").TryGetProperty("raw_sha256", out var sha) ? sha.GetString() : null;
        try
        {
            await using Qcow2Image image = await Qcow2Image.OpenAsync(recorded.Main, recorded.Options(directory), Token);
            await image.FlattenAsync(_directory["raw"], Raw, cancellationToken: Token);
        }
        catch (StorageException)
        {
            Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
            return;
        }

        if (expected is not null) Assert.Equal(expected, Hash(_directory["raw"]), ignoreCase: true);
    }

    [Fact]
    public async Task Zeroes_are_left_out_in_units_of_four_kibibytes()
    {
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["image"], "16M");
        QemuTools.Io(_directory["image"], "write -P 0 0 8M", "write -P 3 1M 4k", "write -P 3 3M 512");
        await using Qcow2Image image = await Qcow2Image.OpenAsync(_directory["image"], cancellationToken: Token);
        Qcow2FlattenProgress raw = await image.FlattenAsync(_directory["raw"], Raw, cancellationToken: Token);
        Assert.Equal((16 << 20, 8192), (raw.BytesDone, raw.BytesWritten));
        Assert.Equal(16 << 20, new FileInfo(_directory["raw"]).Length);
        await image.FlattenAsync(_directory["flat"], cancellationToken: Token);
        await using Qcow2Image flat = await Qcow2Image.OpenAsync(_directory["flat"], cancellationToken: Token);
        Assert.True(flat.Info.ActualSize <= 64 << 10, $"{flat.Info.ActualSize}");
        Assert.Equal(2, QemuTools.AllocatedClusters(_directory["flat"]));
    }

    [Fact]
    public async Task Copy_is_compressed_about_as_well_as_by_qemu()
    {
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["image"], "16M");
        byte[] text = await File.ReadAllBytesAsync(Path.Combine(RepositoryRoot.Path, "LICENSE"), Token);
        _directory.Write("pattern", text);
        QemuTools.Io(_directory["image"], $"write -s {_directory["pattern"]} 0 5M");
        await using Qcow2Image image = await Qcow2Image.OpenAsync(_directory["image"], cancellationToken: Token);
        foreach (Qcow2CompressionType type in Enum.GetValues<Qcow2CompressionType>())
        {
            var options = new Qcow2FlattenOptions { Compresses = true, Create = new Qcow2CreateOptions { CompressionType = type, Overwrites = true } };
            await image.FlattenAsync(_directory["ours"], options, cancellationToken: Token);
            QemuTools.AssertClean(_directory["ours"]);
            QemuTools.AssertSameContent(_directory["ours"], _directory["image"]);
            string option = type == Qcow2CompressionType.Zlib ? "compression_type=zlib" : "compression_type=zstd";
            QemuTools.Img("convert", "-c", "-O", "qcow2", "-o", option, _directory["image"], _directory["theirs"]);
            Assert.InRange(new FileInfo(_directory["ours"]).Length, 1, new FileInfo(_directory["theirs"]).Length * 5 / 4);
        }
    }

    [Fact]
    public async Task Progress_goes_forward_to_the_end()
    {
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["image"], "200M");
        QemuTools.Io(_directory["image"], "write -P 3 10M 100M");
        await using Qcow2Image image = await Qcow2Image.OpenAsync(_directory["image"], cancellationToken: Token);
        foreach (DiskImageFormat format in Enum.GetValues<DiskImageFormat>())
        {
            var reports = new Reports();
            Qcow2FlattenProgress last = await image.FlattenAsync(_directory[$"{format}"], new Qcow2FlattenOptions { Format = format }, reports, Token);
            Assert.Equal(last, reports.All[^1]);
            Assert.Equal((200L << 20, 200L << 20, 100L << 20), (last.BytesDone, last.BytesTotal, last.BytesWritten));
            Assert.True(reports.All.Count > 5);
            Assert.True(last.BytesPerSecond > 0);
            Assert.Equal(reports.All.Select(r => r.BytesDone).Order(), reports.All.Select(r => r.BytesDone));
        }
    }

    [Theory]
    [InlineData(DiskImageFormat.Raw)]
    [InlineData(DiskImageFormat.Qcow2)]
    public async Task Cancelled_copy_leaves_nothing(DiskImageFormat format)
    {
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["image"], "200M");
        QemuTools.Io(_directory["image"], "write -P 3 0 100M");
        byte[] before = SHA256.HashData(await File.ReadAllBytesAsync(_directory["image"], Token));
        using var cancelled = new CancellationTokenSource();
        await using Qcow2Image image = await Qcow2Image.OpenAsync(_directory["image"], cancellationToken: Token);
        var reports = new Reports { Then = () => cancelled.Cancel() };
        var options = new Qcow2FlattenOptions { Format = format };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => image.FlattenAsync(_directory["copy"], options, reports, cancelled.Token));
        Assert.Single(Directory.GetFileSystemEntries(_directory.Path));
        Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(_directory["image"], Token)));
    }

    [Theory]
    [InlineData(DiskImageFormat.Raw)]
    [InlineData(DiskImageFormat.Qcow2)]
    public async Task Full_disk_leaves_nothing_of_a_copy(DiskImageFormat format)
    {
        using SmallDisk disk = SmallDisk.Mount(_directory["disk"], "size=3m");
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["image"], "20M");
        QemuTools.Io(_directory["image"], "write -P 3 0 10M");
        await using Qcow2Image image = await Qcow2Image.OpenAsync(_directory["image"], cancellationToken: Token);
        StorageException failed = await Assert.ThrowsAsync<StorageException>(
            () => image.FlattenAsync(_directory["disk/copy"], new Qcow2FlattenOptions { Format = format }, cancellationToken: Token));
        Assert.Equal(StorageErrorCodes.WriteFailed, failed.Code);
        Assert.Contains("disk/copy", failed.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_directory["disk"]));
    }

    [Fact]
    public async Task Copy_that_is_killed_leaves_no_half_image()
    {
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["image"], "600M");
        QemuTools.Io(_directory["image"], "write -P 3 0 200M");
        Directory.CreateDirectory(_directory["copies"]);
        var random = new Random(7);
        for (int i = 0; i < 4; i++)
        {
            using var process = KilledProcess.Start(TestProgram.Path, "flatten", _directory["image"], _directory["copies/flat"]);
            await process.WaitForLineAsync("ready", Token);
            await process.KillAfterAsync(TimeSpan.FromMilliseconds(random.Next(0, 200)), Token);
            foreach (string file in Directory.GetFiles(_directory["copies"]))
            {
                Assert.Equal("flat", Path.GetFileName(file));
                QemuTools.AssertClean(file);
                QemuTools.AssertSameContent(file, _directory["image"]);
                File.Delete(file);
            }
        }
    }

    [Fact]
    public async Task Copy_never_takes_the_place_of_its_own_source()
    {
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["image"], "20M");
        await using Qcow2Image image = await Qcow2Image.OpenAsync(_directory["image"], cancellationToken: Token);
        Qcow2Exception refused = await Assert.ThrowsAsync<Qcow2Exception>(() => image.FlattenAsync(_directory["image"], Raw, cancellationToken: Token));
        Assert.Equal(StorageErrorCodes.NotPossible, refused.Code);
        QemuTools.AssertClean(_directory["image"]);
    }

    [Fact]
    public async Task Encrypted_image_and_impossible_options_are_refused()
    {
        ConformanceData.Area("storage");
        ImageCase recorded = ImageCases.Good.Values.First(c => c.Category == "luks");
        using TemporaryDirectory directory = recorded.Unpack();
        await using Qcow2Image image = await Qcow2Image.OpenAsync(recorded.Main, recorded.Options(directory), Token);
        Task CopyAsync(Qcow2FlattenOptions options) => image.FlattenAsync(_directory["copy"], options, cancellationToken: Token);
        Assert.Equal(StorageErrorCodes.Encrypted, (await Assert.ThrowsAsync<Qcow2Exception>(() => CopyAsync(Qcow2FlattenOptions.Default))).Code);
        await Assert.ThrowsAsync<ArgumentException>(() => CopyAsync(new Qcow2FlattenOptions { Format = DiskImageFormat.Raw, Compresses = true }));
        var full = new Qcow2CreateOptions { Preallocation = Qcow2Preallocation.Full };
        await Assert.ThrowsAsync<ArgumentException>(() => CopyAsync(new Qcow2FlattenOptions { Create = full }));
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    private static bool Has(ImageCase image, string name, JsonValueKind kind) =>
        image.Json.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind;

    private static string Hash(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexString(SHA256.HashData(stream));
    }

    private sealed class Reports : IProgress<Qcow2FlattenProgress>
    {
        public List<Qcow2FlattenProgress> All { get; } = [];

        public Action? Then { get; init; }

        public void Report(Qcow2FlattenProgress value)
        {
            All.Add(value);
            Then?.Invoke();
        }
    }
}
