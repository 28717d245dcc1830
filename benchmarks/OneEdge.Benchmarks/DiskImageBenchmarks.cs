using BenchmarkDotNet.Attributes;
using OneEdge.Storage;

namespace OneEdge.Benchmarks;

/// <summary>Disk images: what is known of one, a long chain, where its data are, whether its tables are sound, what the guest reads, new overlays.</summary>
[MemoryDiagnoser]
public class DiskImageBenchmarks : IDisposable
{
    private const int NewOverlays = 100;

    private readonly byte[] _buffer = new byte[1 << 20];
    private readonly Qcow2OverlayOptions _overwriting = new() { Create = new() { Overwrites = true } };
    private DiskImages? _images;
    private Qcow2Image? _disk;
    private Qcow2Image? _chain;
    private Qcow2NewOverlay[] _overlays = [];

    [GlobalSetup]
    public async Task Setup()
    {
        _images = new DiskImages();
        _disk = await Qcow2Image.OpenAsync(_images.Disk);
        _chain = await Qcow2Image.OpenAsync(_images.Top);
        _overlays = [.. Enumerable.Range(0, NewOverlays).Select(i => new Qcow2NewOverlay(Path.Combine(_images.Folder, $"new.{i}"), _images.Disk))];
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _disk?.Dispose();
        _chain?.Dispose();
        _images?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public Task<DiskImageInfo> Info() => DiskImageInfo.ReadAsync(_images!.Disk);

    [Benchmark]
    public async Task OpenChainOf256()
    {
        await using Qcow2Image image = await Qcow2Image.OpenAsync(_images!.Top);
    }

    [Benchmark]
    public Task<IReadOnlyList<GuestExtent>> Map() => _disk!.MapAsync();

    [Benchmark]
    public Task<Qcow2CheckResult> Check() => _disk!.CheckAsync();

    [Benchmark]
    public long ReadGuest64Megabytes() => Read(_disk!);

    [Benchmark]
    public long ReadGuest64MegabytesThrough256Images() => Read(_chain!);

    [Benchmark]
    public Task CreateHundredOverlays() => Qcow2Image.CreateOverlaysAsync(_overlays, _overwriting);

    private long Read(Qcow2Image image)
    {
        using Stream guest = image.OpenGuestStream();
        long total = 0;
        for (int read; (read = guest.Read(_buffer)) > 0;) total += read;
        return total;
    }
}
