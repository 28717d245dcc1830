using System.Buffers.Binary;

namespace OneEdge.Storage.Tests;

public sealed class RebaseTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("", "base", "other", "qcow2")]
    [InlineData("", "base", "a/much/longer/name/than/before/of/an/image/that/is/not/there", "raw")]
    [InlineData("", "base", null, "qcow2")]
    [InlineData("", null, "other", "qcow2")]
    [InlineData("compat=0.10", "base", "other", "raw")]
    [InlineData("compat=0.10", "base", null, "raw")]
    [InlineData("cluster_size=512", "base", "other", "raw")]
    [InlineData("extended_l2=on,compression_type=zstd", "base", "other", "qcow2")]
    public async Task Rebased_header_is_that_of_qemu_img(string options, string? before, string? after, string format)
    {
        string image = _directory["image"], theirs = _directory["theirs"];
        string[] backing = before is null ? [] : ["-u", "-b", before, "-F", "qcow2"];
        QemuTools.Img(["create", "-q", "-f", "qcow2", .. QemuTools.Option("-o", options), .. backing, image, "4M"]);
        if (before is not null) QemuTools.Img("create", "-q", "-f", "qcow2", _directory["base"], "4M");
        QemuTools.Io(image, "write -P 7 1M 64k");
        File.Copy(image, theirs);
        QemuTools.Img(["rebase", "-q", "-u", "-f", "qcow2", "-b", after ?? "", .. after is null ? (string[])[] : ["-F", format], theirs]);
        await Qcow2Image.RebaseUnsafeAsync(image, after, format == "raw" ? DiskImageFormat.Raw : DiskImageFormat.Qcow2, Token);
        Assert.Equal(await File.ReadAllBytesAsync(theirs, Token), await File.ReadAllBytesAsync(image, Token));
    }

    [Fact]
    public async Task What_is_unknown_in_a_header_stays_and_unknown_autoclear_features_go()
    {
        string image = _directory["image"];
        QemuTools.Img("create", "-q", "-f", "qcow2", "-u", "-b", "base", "-F", "qcow2", image, "4M");
        byte[] bytes = await File.ReadAllBytesAsync(image, Token);
        // A header of 120 bytes with an unknown field, then the old list with an unknown extension before it, and unknown features.
        byte[] list = bytes[112..528];
        byte[] name = bytes[528..532];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(100), 120);
        "UNKNOWN!"u8.CopyTo(bytes.AsSpan(112));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(120), 0x12345678);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(124), 5);
        "hello\0\0\0"u8.CopyTo(bytes.AsSpan(128));
        list.CopyTo(bytes.AsSpan(136));
        name.CopyTo(bytes.AsSpan(136 + list.Length));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), 136 + list.Length);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(80), 0x8000_0000_0000_0000);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(88), 0xF0F1);
        await File.WriteAllBytesAsync(image, bytes, Token);
        DiskImageInfo before = await DiskImageInfo.ReadAsync(image, cancellationToken: Token);

        await Qcow2Image.RebaseUnsafeAsync(image, "other", DiskImageFormat.Raw, Token);
        DiskImageInfo after = await DiskImageInfo.ReadAsync(image, cancellationToken: Token);
        byte[] now = await File.ReadAllBytesAsync(image, Token);
        Assert.Equal(("other", "raw"), (after.Header!.BackingFile, after.Header.BackingFormat));
        Assert.Equal("UNKNOWN!"u8.ToArray(), now[112..120]);
        Assert.Equal(before.Header!.Extensions.Select(e => e.Type), after.Header.Extensions.Select(e => e.Type));
        Assert.Equal("hello"u8.ToArray(), after.Header.Extensions[0].Data.ToArray());
        Assert.Equal(0x8000_0000_0000_0000, (ulong)after.Header.CompatibleFeatures);
        Assert.Equal(1, (long)after.Header.AutoclearFeatures);
        Assert.Equal(bytes[65536..], now[65536..]);
        Assert.Equal("other", QemuTools.Info(image).GetProperty("backing-filename").GetString());
    }

    [Fact]
    public async Task Corrupt_missing_and_foreign_images_and_long_names_are_refused_untouched()
    {
        string image = _directory["image"];
        QemuTools.Img("create", "-q", "-f", "qcow2", "-o", "cluster_size=512", image, "1M");
        async Task<string> CodeAsync(string file, string backing) =>
            (await Assert.ThrowsAsync<Qcow2Exception>(() => Qcow2Image.RebaseUnsafeAsync(file, backing, cancellationToken: Token))).Code;
        byte[] clean = await File.ReadAllBytesAsync(image, Token);
        Assert.Equal(StorageErrorCodes.BackingName, await CodeAsync(image, new string('x', 500)));
        Assert.Equal(StorageErrorCodes.BackingName, await CodeAsync(image, new string('x', 1024)));
        Assert.Equal(clean, await File.ReadAllBytesAsync(image, Token));
        clean[79] |= 2;
        await File.WriteAllBytesAsync(image, clean, Token);
        Assert.Equal(StorageErrorCodes.MarkedCorrupt, await CodeAsync(image, "other"));
        Assert.Equal(clean, await File.ReadAllBytesAsync(image, Token));
        Assert.Equal(StorageErrorCodes.FileMissing, await CodeAsync(_directory["nothing"], "other"));
        Assert.Equal(StorageErrorCodes.NotQcow2, await CodeAsync(_directory.Write("raw", new byte[100]), "other"));
        Assert.Equal(StorageErrorCodes.NotAFile, await CodeAsync(_directory.Path, "other"));
    }

    [Fact]
    public async Task Killed_rebase_leaves_the_old_name_or_the_new_one()
    {
        string image = _directory["image"], other = new('x', 900);
        QemuTools.Img("create", "-q", "-f", "qcow2", "-u", "-b", "base", "-F", "qcow2", image, "4M");
        QemuTools.Img("create", "-q", "-f", "qcow2", _directory["base"], "4M");
        QemuTools.Io(image, "write -P 7 1M 64k");
        var random = new Random(11);
        for (int i = 0; i < 5; i++)
        {
            using var process = KilledProcess.Start(TestProgram.Path, "rebase", image, other, "base");
            await process.WaitForLineAsync("ready", Token);
            Assert.True(await process.KillAfterAsync(TimeSpan.FromMilliseconds(random.Next(0, 100)), Token));
            DiskImageInfo info = await DiskImageInfo.ReadAsync(image, cancellationToken: Token);
            Assert.Contains(info.BackingFile, (string[])["base", other]);
            await Qcow2Image.RebaseUnsafeAsync(image, "base", cancellationToken: Token);
            QemuTools.AssertClean(image);
        }
    }

    [Fact]
    public async Task Rebase_follows_a_link()
    {
        QemuTools.Img("create", "-q", "-f", "qcow2", "-u", "-b", "base", "-F", "qcow2", _directory["image"], "4M");
        File.CreateSymbolicLink(_directory["link"], "image");
        await Qcow2Image.RebaseUnsafeAsync(_directory["link"], "other", cancellationToken: Token);
        Assert.Equal("other", QemuTools.Info(_directory["image"]).GetProperty("backing-filename").GetString());
        Assert.Equal("image", new FileInfo(_directory["link"]).LinkTarget);
    }
}
