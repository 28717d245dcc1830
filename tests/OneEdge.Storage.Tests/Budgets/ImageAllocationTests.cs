using System.Globalization;

namespace OneEdge.Storage.Tests.Budgets;

/// <summary>What looking at images may allocate: unlike time, that does not depend on the machine.</summary>
[Collection(nameof(Alone))]
public sealed class ImageAllocationTests : IAsyncLifetime
{
    private const int ChainLength = 256;
    private const int Megabytes = 16;

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Disk => Link(0);

    [Fact]
    public void What_is_known_of_an_image_costs_little_more_than_its_first_cluster()
    {
        // The header and what follows it are read at once, 64 KiB; on top of that come the file and the records.
        Assert.InRange(AllocationMeter.Least(() => Describe(Disk)), 1, (64 << 10) + (16 << 10));
    }

    [Fact]
    public void Image_of_a_chain_costs_no_more_when_the_chain_is_long()
    {
        long one = AllocationMeter.Least(() => Open(Link(1)).Dispose()) / 2;
        long all = AllocationMeter.Least(() => Open(Link(ChainLength - 1)).Dispose()) / ChainLength;
        Assert.InRange(all, 1, one + 4096);
        Assert.InRange(all, 1, (64 << 10) + (24 << 10));
    }

    [Fact]
    public void Sequential_reading_allocates_less_than_a_kibibyte_for_each_MiB_of_the_guest()
    {
        using Qcow2Image image = Open(Disk);
        byte[] buffer = new byte[1 << 20];
        using Stream guest = image.OpenGuestStream();
        Assert.InRange(AllocationMeter.Least(() => Read(guest, buffer)), 0, Megabytes * 1024);
    }

    [Fact]
    public void Sequential_reading_through_a_long_chain_allocates_no_more()
    {
        using Qcow2Image image = Open(Link(ChainLength - 1));
        byte[] buffer = new byte[1 << 20];
        using Stream guest = image.OpenGuestStream();
        Assert.InRange(AllocationMeter.Least(() => Read(guest, buffer)), 0, Megabytes * 1024);
    }

    public async ValueTask InitializeAsync()
    {
        // Half of the guest is data.
        byte[] content = new byte[Megabytes << 20];
        new Random(1).NextBytes(content.AsSpan(0, content.Length / 2));
        await File.WriteAllBytesAsync(_directory["raw"], content, Token);
        await Qcow2Image.CreateOverlayAsync(_directory["over"], "raw", new() { BackingFormat = DiskImageFormat.Raw }, Token);
        await using (Qcow2Image image = await Qcow2Image.OpenAsync(_directory["over"], cancellationToken: Token))
            await image.FlattenAsync(Disk, new() { IsDurable = false }, cancellationToken: Token);
        for (int i = 1; i < ChainLength; i++)
        {
            await Qcow2Image.CreateOverlayAsync(
                Link(i), Path.GetFileName(Link(i - 1)), new() { OpensBacking = false, VirtualSize = (long)Megabytes << 20 }, Token);
        }
    }

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    // As the public methods do it, but on this thread, which is the one that is measured.
    private static DiskImageInfo Describe(string path)
    {
        using FileBlockSource source = new ImageOpener(Qcow2OpenOptions.Default).OpenFile(path);
        return ImageOpener.Describe(source, path, DiskImageFormat.Qcow2);
    }

    private static Qcow2Image Open(string path) => Qcow2Image.Open(path, Qcow2OpenOptions.Default, Token);

    private static void Read(Stream guest, byte[] buffer)
    {
        guest.Position = 0;
        long total = 0;
        for (int read; (read = guest.Read(buffer)) > 0;) total += read;
        Assert.Equal((long)Megabytes << 20, total);
    }

    private string Link(int number) => _directory[string.Create(CultureInfo.InvariantCulture, $"link.{number}")];
}
