using OneEdge.Commands;

namespace OneEdge.Storage.Tests;

public sealed class QemuImgTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly QemuImg _qemu = new(new CliWrapCommandRunner(), QemuTools.ImgPath);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Commit_moves_data_to_the_backing_file()
    {
        await MakeAsync();
        await _qemu.CommitAsync(_directory["-top:x"], cancellationToken: Token);
        QemuTools.Io(_directory["base"], "read -P 9 64k 64k");
        await using Qcow2Image top = await Qcow2Image.OpenAsync(_directory["-top:x"], cancellationToken: Token);
        Assert.Equal(2, top.BackingChain.Count);
    }

    [Fact]
    public async Task Safe_rebase_keeps_what_the_guest_sees()
    {
        await MakeAsync();
        QemuTools.Io(_directory["base"], "write -P 4 1M 64k");
        await Qcow2Image.CreateAsync(_directory["other"], 4 << 20, cancellationToken: Token);
        await _qemu.RebaseAsync(_directory["-top:x"], "other", cancellationToken: Token);
        QemuTools.Io(_directory["-top:x"], "read -P 9 64k 64k", "read -P 4 1M 64k");
        Assert.Equal("other", QemuTools.Info(_directory["-top:x"]).GetProperty("backing-filename").GetString());
        await _qemu.RebaseAsync(_directory["-top:x"], null, cancellationToken: Token);
        Assert.False(QemuTools.Info(_directory["-top:x"]).TryGetProperty("backing-filename", out _));
    }

    [Fact]
    public async Task Repair_tells_what_it_did()
    {
        await MakeAsync();
        // A refcount of a cluster that nobody uses.
        await using (FileStream stream = File.OpenWrite(_directory["base"]))
        {
            stream.SetLength(10 << 20);
            stream.Position = (2 * 65536) + (2 * 100) + 1;
            stream.WriteByte(1);
        }

        QemuRepairResult repaired = await _qemu.RepairAsync(_directory["base"], cancellationToken: Token);
        Assert.Equal((0, 1, true), (repaired.CorruptionsFixed, repaired.LeaksFixed, repaired.IsClean));
        QemuTools.AssertClean(_directory["base"]);
    }

    [Fact]
    public async Task Convert_and_resize_work_on_names_that_look_like_options()
    {
        await MakeAsync();
        await _qemu.ConvertAsync(_directory["-top:x"], DiskImageFormat.Qcow2, _directory["--help"], DiskImageFormat.Raw, cancellationToken: Token);
        Assert.Equal(4 << 20, new FileInfo(_directory["--help"]).Length);
        await _qemu.ResizeAsync(_directory["--help"], 8 << 20, DiskImageFormat.Raw, cancellationToken: Token);
        Assert.Equal(8 << 20, new FileInfo(_directory["--help"]).Length);
        StorageException refused = await Assert.ThrowsAsync<StorageException>(
            () => _qemu.ResizeAsync(_directory["--help"], 1 << 20, DiskImageFormat.Raw, cancellationToken: Token));
        Assert.Contains("--shrink", refused.Message, StringComparison.Ordinal);
        await _qemu.ResizeAsync(_directory["--help"], 1 << 20, DiskImageFormat.Raw, shrinks: true, cancellationToken: Token);
        Assert.Equal(1 << 20, new FileInfo(_directory["--help"]).Length);
    }

    [Fact]
    public async Task Failure_says_what_qemu_img_said()
    {
        StorageException failed = await Assert.ThrowsAsync<StorageException>(() => _qemu.CommitAsync(_directory["nothing"], cancellationToken: Token));
        Assert.Equal(StorageErrorCodes.QemuImgFailed, failed.Code);
        Assert.Contains("No such file or directory", failed.Message, StringComparison.Ordinal);
        Assert.Contains("'" + _directory["nothing"] + "'", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nbd:localhost:10809")]
    [InlineData("http://example.org/x")]
    [InlineData("json:{\"driver\":\"nbd\",\"host\":\"localhost\"}")]
    public async Task Backing_names_that_are_no_files_never_reach_qemu_img(string name)
    {
        await MakeAsync();
        Qcow2Exception refused = await Assert.ThrowsAsync<Qcow2Exception>(() => _qemu.RebaseAsync(_directory["-top:x"], name, cancellationToken: Token));
        Assert.Equal(StorageErrorCodes.BackingProtocol, refused.Code);
    }

    private async Task MakeAsync()
    {
        await Qcow2Image.CreateAsync(_directory["base"], 4 << 20, cancellationToken: Token);
        await Qcow2Image.CreateOverlayAsync(_directory["-top:x"], "base", cancellationToken: Token);
        QemuTools.Io(_directory["-top:x"], "write -P 9 64k 64k");
    }
}
