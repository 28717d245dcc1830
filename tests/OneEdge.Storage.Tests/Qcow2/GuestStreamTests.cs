using System.Security.Cryptography;

namespace OneEdge.Storage.Tests;

public sealed class GuestStreamTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly QemuImages _qemu;

    public GuestStreamTests()
    {
        _qemu = new QemuImages(_directory);
        _qemu.Img("create", "-q", "-f", "qcow2", "base", "3M");
        _qemu.Io("base", ["write -q -P 7 0 1M", "write -q -c -P 9 1M 64k"]);
        _qemu.Img("create", "-q", "-f", "qcow2", "-b", "base", "-F", "qcow2", "top");
        _qemu.Io("top", ["write -q -P 5 512k 4k"]);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 7)]
    [InlineData((512 << 10) - 1, 7)]
    [InlineData(512 << 10, 5)]
    [InlineData((512 << 10) + 4095, 5)]
    [InlineData((512 << 10) + 4096, 7)]
    [InlineData((1 << 20) + 100, 9)]
    [InlineData((1 << 20) + 65536, 0)]
    public async Task Any_byte_can_be_read_from_where_it_is(long position, int expected)
    {
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(_directory["top"], cancellationToken: Token);
        await using Stream guest = disk.OpenGuestStream();
        guest.Position = position;
        Assert.Equal(expected, guest.ReadByte());
        Assert.Equal(position + 1, guest.Position);
    }

    [Fact]
    public async Task End_of_the_guest_is_the_end_of_the_stream()
    {
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(_directory["top"], cancellationToken: Token);
        await using Stream guest = disk.OpenGuestStream();
        guest.Seek(-10, SeekOrigin.End);
        Assert.Equal(10, await guest.ReadAsync(new byte[100], Token));
        Assert.Equal(0, await guest.ReadAsync(new byte[100], Token));
        guest.Position = guest.Length + 5;
        Assert.Equal(-1, guest.ReadByte());
        Assert.Throws<IOException>(() => guest.Seek(-1, SeekOrigin.Begin));
    }

    [Fact]
    public async Task Streams_of_one_image_are_read_side_by_side()
    {
        await using Qcow2Image disk = await Qcow2Image.OpenAsync(_directory["top"], cancellationToken: Token);
        byte[][] digests = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using Stream guest = disk.OpenGuestStream();
            return await SHA256.HashDataAsync(guest, Token);
        }));
        Assert.All(digests, digest => Assert.Equal(digests[0], digest));
    }

    [Fact]
    public async Task Image_in_a_stream_is_read_like_a_file()
    {
        byte[] bytes = await File.ReadAllBytesAsync(_directory["base"], Token);
        await using Qcow2Image fromFile = await Qcow2Image.OpenAsync(_directory["base"], cancellationToken: Token);
        await using Qcow2Image fromStream = await Qcow2Image.OpenAsync(new MemoryStream(bytes), cancellationToken: Token);
        await using Stream expected = fromFile.OpenGuestStream(), actual = fromStream.OpenGuestStream();
        Assert.Equal(await SHA256.HashDataAsync(expected, Token), await SHA256.HashDataAsync(actual, Token));
    }

    public void Dispose() => _directory.Dispose();
}
