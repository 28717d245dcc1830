using System.Text;
using BenchmarkDotNet.Attributes;
using OneEdge.OpenNebula;
using OneEdge.OpenNebula.Sqlite;

namespace OneEdge.Benchmarks;

/// <summary>Documents in a SQLite file, one after the other: a body of 2,000 bytes. What a change costs is mostly what its disk costs.</summary>
[MemoryDiagnoser]
public class DocumentBenchmarks
{
    private readonly byte[] _body = Encoding.UTF8.GetBytes($$"""{"name":"service","text":"{{new string('x', 1_970)}}"}""");
    private string _directory = "";
    private SqliteDocumentStore _store = null!;
    private DocumentRevision _document;

    /// <summary>Whether each change waits for the disk.</summary>
    [Params(true, false)]
    public bool SurvivesPowerLoss { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _directory = Directory.CreateTempSubdirectory("oneedge-benchmark-").FullName;
        string file = Path.Combine(_directory, "documents.db");
        _store = SqliteDocumentStore.OpenAsync(file, new() { SurvivesPowerLoss = SurvivesPowerLoss }).GetAwaiter().GetResult();
        _document = _store.CreateAsync((DocumentType)1, "service", _body).GetAwaiter().GetResult();
    }

    [GlobalCleanup]
    public void Close()
    {
        _store.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Benchmark]
    public Task<DocumentRevision> Create() => _store.CreateAsync((DocumentType)2, "service", _body);

    [Benchmark(Baseline = true)]
    public Task<StoredDocument> Read() => _store.ReadAsync(_document.Id);

    [Benchmark]
    public async Task Update() => _document = await _store.UpdateAsync(_document.Id, _document.Version, _body);

    [Benchmark]
    public async Task LeaseTakenAndReleased() =>
        await _store.ReleaseLeaseAsync(await _store.AcquireLeaseAsync(_document.Id, "benchmark", TimeSpan.FromMinutes(1)));
}
