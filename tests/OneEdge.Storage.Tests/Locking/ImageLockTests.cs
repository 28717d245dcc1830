using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace OneEdge.Storage.Tests;

public sealed class ImageLockTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string _image;
    private readonly string _top;

    public ImageLockTests()
    {
        (_image, _top) = (_directory["image"], _directory["top"]);
        QemuTools.Img("create", "-q", "-f", "qcow2", _image, "4M");
        QemuTools.Img("create", "-q", "-f", "qcow2", "-b", "image", "-F", "qcow2", _top);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Image_that_qemu_writes_is_refused_unless_locks_are_ignored()
    {
        using (Process writer = await StartAsync())
        {
            foreach (Func<Task> use in (Func<Task>[])
            [
                () => Qcow2Image.OpenAsync(_image, cancellationToken: Token), () => Qcow2Image.OpenAsync(_top, cancellationToken: Token),
                () => DiskImageInfo.ReadAsync(_image, cancellationToken: Token), () => Qcow2Image.RebaseUnsafeAsync(_image, "other", cancellationToken: Token),
                () => Qcow2Image.CreateAsync(_image, 1 << 20, new Qcow2CreateOptions { Overwrites = true }, Token),
                () => Qcow2Image.CreateOverlayAsync(_directory["new"], "image", cancellationToken: Token),
            ])
            {
                Qcow2Exception refused = await Assert.ThrowsAsync<Qcow2Exception>(use);
                Assert.Equal(StorageErrorCodes.FileLocked, refused.Code);
                Assert.Contains("virtual machine", refused.Message, StringComparison.Ordinal);
            }

            Qcow2Exception read = await Assert.ThrowsAsync<Qcow2Exception>(() => DiskImageInfo.ReadAsync(_image, cancellationToken: Token));
            Assert.Contains(nameof(Qcow2OpenOptions.IgnoresLocks), read.Message, StringComparison.Ordinal);
            await (await Qcow2Image.OpenAsync(_image, new Qcow2OpenOptions { IgnoresLocks = true }, Token)).DisposeAsync();
            await EndAsync(writer);
        }

        await (await Qcow2Image.OpenAsync(_top, cancellationToken: Token)).DisposeAsync();
    }

    [Fact]
    public async Task Image_that_qemu_reads_is_read_but_not_written()
    {
        using Process reader = await StartAsync("-r");
        await (await Qcow2Image.OpenAsync(_image, cancellationToken: Token)).DisposeAsync();
        Qcow2Exception refused = await Assert.ThrowsAsync<Qcow2Exception>(() => Qcow2Image.RebaseUnsafeAsync(_image, "other", cancellationToken: Token));
        Assert.Equal(StorageErrorCodes.FileLocked, refused.Code);
        await EndAsync(reader);
        await Qcow2Image.RebaseUnsafeAsync(_image, "other", cancellationToken: Token);
    }

    [Fact]
    public async Task Backing_file_of_a_running_machine_may_be_read()
    {
        using Process machine = await StartAsync(image: _top);
        await (await Qcow2Image.OpenAsync(_image, cancellationToken: Token)).DisposeAsync();
        await Assert.ThrowsAsync<Qcow2Exception>(() => Qcow2Image.OpenAsync(_top, cancellationToken: Token));
        await EndAsync(machine);
    }

    [Fact]
    public async Task Qemu_reads_but_does_not_write_what_is_open_here()
    {
        await using (await Qcow2Image.OpenAsync(_top, cancellationToken: Token))
        {
            QemuTools.Img("info", _image);
            foreach (string image in (string[])[_image, _top])
            {
                (int exitCode, _, string error) = QemuTools.Run(QemuTools.IoPath, "-f", "qcow2", "-c", "write 0 512", image);
                Assert.NotEqual(0, exitCode);
                Assert.Contains("lock", error, StringComparison.Ordinal);
            }
        }

        QemuTools.Io(_image, "write 0 512");
    }

    [Fact]
    public void Qemu_does_not_read_what_is_written_here()
    {
        using (SafeFileHandle held = WritableImageFile.Open(_image, _image))
        {
            (int exitCode, _, string error) = QemuTools.Run(QemuTools.ImgPath, "info", _image);
            Assert.Equal(1, exitCode);
            Assert.Contains("Failed to get shared \"write\" lock", error, StringComparison.Ordinal);
            Assert.Throws<Qcow2Exception>(() => WritableImageFile.Open(_image, _image));
        }

        QemuTools.Img("info", _image);
    }

    [Fact]
    public async Task Images_are_read_by_many_at_once()
    {
        Qcow2Image[] open = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Qcow2Image.OpenAsync(_top, cancellationToken: Token)));
        await Assert.ThrowsAsync<Qcow2Exception>(() => Qcow2Image.RebaseUnsafeAsync(_image, "other", cancellationToken: Token));
        foreach (Qcow2Image image in open) image.Dispose();
        await Qcow2Image.RebaseUnsafeAsync(_image, "other", cancellationToken: Token);
    }

    [Fact]
    public async Task Image_that_was_closed_is_free_while_programs_are_being_started()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task starting = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested) QemuTools.Img("--version");
        }, Token);
        for (int i = 0; i < 300; i++)
        {
            (await Qcow2Image.OpenAsync(_image, cancellationToken: Token)).Dispose();
            await Qcow2Image.RebaseUnsafeAsync(_image, "other", cancellationToken: Token);
            await Qcow2Image.RebaseUnsafeAsync(_image, null, cancellationToken: Token);
        }

        await stop.CancelAsync();
        await starting;
    }

    // qemu-io has the image open once it answers.
    private async Task<Process> StartAsync(string? mode = null, string? image = null)
    {
        string[] arguments = [.. mode is null ? (string[])[] : [mode], "-f", "qcow2", image ?? _image];
        var start = new ProcessStartInfo(QemuTools.IoPath, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        Process process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync("length");
        await process.StandardInput.FlushAsync(Token);
        Assert.Contains("4 MiB", await process.StandardOutput.ReadLineAsync(Token), StringComparison.Ordinal);
        return process;
    }

    private static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(Token);
    }
}
