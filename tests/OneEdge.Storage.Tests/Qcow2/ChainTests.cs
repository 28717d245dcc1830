using System.Diagnostics;

namespace OneEdge.Storage.Tests;

public sealed class ChainTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly QemuImages _qemu;

    public ChainTests()
    {
        _qemu = new QemuImages(_directory);
        Tool.Require("qemu-img", "qemu-utils");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("top")]
    [InlineData("./top")]
    [InlineData("link")]
    [InlineData("sub/../top")]
    public async Task Loop_is_found_whatever_names_it_uses(string backing)
    {
        Directory.CreateDirectory(_directory["sub"]);
        _qemu.Img("create", "-q", "-f", "qcow2", "-u", "-b", "middle", "-F", "qcow2", "top", "1M");
        _qemu.Img("create", "-q", "-f", "qcow2", "-u", "-b", backing, "-F", "qcow2", "middle", "1M");
        File.CreateSymbolicLink(_directory["link"], "top");
        Assert.Equal(StorageErrorCodes.BackingLoop, (await RefusedAsync("top")).Code);
    }

    [Fact]
    public async Task Chain_that_is_longer_than_allowed_is_refused()
    {
        _qemu.Img("create", "-q", "-f", "qcow2", "i0", "1M");
        for (int i = 1; i <= 4; i++) _qemu.Img("create", "-q", "-f", "qcow2", "-u", "-b", $"i{i - 1}", "-F", "qcow2", $"i{i}", "1M");
        Qcow2Exception refused = await RefusedAsync("i4", new Qcow2OpenOptions { Limits = new Qcow2Limits { MaxChainLength = 4 } });
        Assert.Equal(StorageErrorCodes.LimitExceeded, refused.Code);
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(
            _directory["i4"], new Qcow2OpenOptions { Limits = new Qcow2Limits { MaxChainLength = 5 } }, Token);
        Assert.Equal(5, disk.BackingChain.Count);
    }

    [Fact]
    public async Task Base_that_a_guest_made_look_like_qcow2_is_refused_unless_formats_are_guessed()
    {
        Make("base");
        _qemu.Img("create", "-q", "-f", "qcow2", "-u", "-b", "base", "-F", "qcow2", "top", "1M");
        // The image does not say the format, as those of OpenNebula 6.0.
        Forget("top", 0xE2792ACA);
        Qcow2Exception refused = await RefusedAsync("top");
        Assert.Equal(StorageErrorCodes.BackingFormat, refused.Code);
        Assert.Contains("base", refused.File, StringComparison.Ordinal);
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(_directory["top"], new Qcow2OpenOptions { ProbesFormats = true }, Token);
        Assert.Equal(DiskImageFormat.Qcow2, disk.BackingChain[1].Format);
    }

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("../outside")]
    [InlineData("out")]
    public async Task Backing_file_outside_of_the_root_is_refused(string backing)
    {
        File.WriteAllBytes(_directory["outside"], new byte[512]);
        Directory.CreateDirectory(_directory["root"]);
        File.CreateSymbolicLink(_directory["root/out"], "../outside");
        _qemu.Img("create", "-q", "-f", "qcow2", "-u", "-b", backing, "-F", "raw", "root/top", "1M");
        Assert.Equal(StorageErrorCodes.OutsideRoot, (await RefusedAsync("root/top", new Qcow2OpenOptions { Root = _directory["root"] })).Code);
    }

    [Fact]
    public async Task Backing_file_within_the_root_is_read_through_links_and_directories()
    {
        Directory.CreateDirectory(_directory["root/disk.0.snap"]);
        Make("root/disk.0.snap/base");
        File.CreateSymbolicLink(_directory["root/disk.0.snap/disk.0.snap"], ".");
        _qemu.Img("create", "-q", "-f", "qcow2", "-u", "-b", "disk.0.snap/base", "-F", "qcow2", "root/disk.0.snap/base.1", "1M");
        File.CreateSymbolicLink(_directory["root/disk.0"], "disk.0.snap/base.1");
        foreach (string name in new[] { "root/disk.0", "root/disk.0.snap/base.1" })
        {
            await using Qcow2Image disk = await Qcow2Image.OpenAsync(_directory[name], new Qcow2OpenOptions { Root = _directory["root"] }, Token);
            Assert.Equal(2, disk.BackingChain.Count);
        }
    }

    [Theory]
    [InlineData("nbd://127.0.0.1/x", StorageErrorCodes.BackingProtocol)]
    [InlineData("nosuch:x", StorageErrorCodes.BackingProtocol)]
    [InlineData("json:{\"driver\":\"nbd\",\"host\":\"127.0.0.1\"}", StorageErrorCodes.BackingProtocol)]
    [InlineData("json:{\"driver\":\"qcow2\",\"file\":{\"driver\":\"host_device\",\"filename\":\"/dev/null\"}}", StorageErrorCodes.BackingProtocol)]
    [InlineData("json:{\"driver\":\"qcow2\",\"file\":\"node\"}", StorageErrorCodes.BackingProtocol)]
    [InlineData("json:[]", StorageErrorCodes.BackingProtocol)]
    [InlineData("json:{", StorageErrorCodes.BackingProtocol)]
    [InlineData("nothing", StorageErrorCodes.BackingMissing)]
    [InlineData(".", StorageErrorCodes.BackingMissing)]
    [InlineData("/dev/null", StorageErrorCodes.BackingMissing)]
    public async Task Backing_name_that_is_no_file_is_refused(string backing, string code)
    {
        _qemu.Img("create", "-q", "-f", "qcow2", "-u", "-b", backing, "-F", "qcow2", "top", "1M");
        Assert.Equal(code, (await RefusedAsync("top")).Code);
    }

    [Fact]
    public async Task Pipe_is_refused_without_waiting_for_a_writer()
    {
        using (Process made = Process.Start(Tool.Require("mkfifo", "coreutils"), [_directory["pipe"]])) made.WaitForExit();
        _qemu.Img("create", "-q", "-f", "qcow2", "-u", "-b", "pipe", "-F", "raw", "top", "1M");
        Assert.Equal(StorageErrorCodes.BackingMissing, (await RefusedAsync("top")).Code);
        Assert.Equal(StorageErrorCodes.NotAFile, (await RefusedAsync("pipe")).Code);
    }

    [Fact]
    public async Task Json_name_is_relative_to_the_given_directory_else_to_the_image()
    {
        Directory.CreateDirectory(_directory["a"]);
        Make("base");
        Make("a/base");
        _qemu.Img("create", "-q", "-f", "qcow2", "-u", "-b", "json:{\"driver\":\"qcow2\",\"file.filename\":\"base\"}", "-F", "qcow2", "a/top", "1M");
        File.Delete(_directory["base"]);
        await using (await Qcow2Image.OpenAsync(_directory["a/top"], cancellationToken: Token))
        {
        }

        Assert.Equal(StorageErrorCodes.BackingMissing, (await RefusedAsync("a/top", new Qcow2OpenOptions { WorkingDirectory = _directory.Path })).Code);
    }

    [Fact]
    public async Task Image_that_is_refused_leaves_no_file_open()
    {
        Make("base");
        _qemu.Img("create", "-q", "-f", "qcow2", "-u", "-b", "base", "-F", "qcow2", "middle", "1M");
        _qemu.Img("create", "-q", "-f", "qcow2", "-u", "-b", "middle", "-F", "qcow2", "top", "1M");
        File.Delete(_directory["base"]);
        await RefusedAsync("top");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open files are listed by Linux.");
        Assert.DoesNotContain(
            Directory.EnumerateFiles("/proc/self/fd"), fd => new FileInfo(fd).LinkTarget?.StartsWith(_directory.Path, StringComparison.Ordinal) == true);
    }

    public void Dispose() => _directory.Dispose();

    private void Make(string name) => _qemu.Img("create", "-q", "-f", "qcow2", name, "1M");

    // Gives a header extension a type that nobody knows.
    private void Forget(string image, uint type)
    {
        byte[] bytes = File.ReadAllBytes(_directory[image]);
        byte[] wanted = BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(type));
        bytes[bytes.AsSpan().IndexOf(wanted)] ^= 0x55;
        File.WriteAllBytes(_directory[image], bytes);
    }

    private Task<Qcow2Exception> RefusedAsync(string image, Qcow2OpenOptions? options = null) =>
        Assert.ThrowsAsync<Qcow2Exception>(async () => (await Qcow2Image.OpenAsync(_directory[image], options, Token)).Dispose());
}
