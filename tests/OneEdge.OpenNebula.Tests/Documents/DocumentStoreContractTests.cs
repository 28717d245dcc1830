using OneEdge.OpenNebula.Sqlite;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Documents;

public sealed class SqliteDocumentStoreContractTests : DocumentStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override async Task<IDocumentStore> OpenAsync(int number) => await SqliteDocumentStore.OpenAsync(
        _directory["documents.db"], new() { TimeProvider = Time, PageSize = 3, Limits = new() { MaxBodyBytes = 10_000 } }, Token);
}

public sealed class PoolDocumentStoreContractTests : DocumentStoreContract
{
    private FakePool? _pool;

    protected override Task<IDocumentStore> OpenAsync(int number) =>
        Task.FromResult(PoolContract.Open((_pool ??= new FakePool(Time)).User(2), number, Time, "BODY"));
}

public sealed class EncryptedPoolDocumentStoreContractTests : DocumentStoreContract
{
    private FakePool? _pool;

    protected override bool ListsOldestFirst => true;

    protected override Task<IDocumentStore> OpenAsync(int number) =>
        Task.FromResult(PoolContract.Open((_pool ??= new FakePool(Time) { ListsOldestFirst = true }).User(0, isAdmin: true), number, Time, "PROVISION_BODY"));
}

/// <summary>A store over a cloud as the contract wants it; for a real cloud the same, with its connection.</summary>
internal static class PoolContract
{
    public static IDocumentStore Open(IOpenNebulaRpc rpc, int number, TimeProvider time, string element) => new OpenNebulaDocumentStore(
        rpc,
        $"contract-{number}",
        new()
        {
            TimeProvider = time,
            PageSize = 3,
            Limits = new() { MaxBodyBytes = 10_000 },
            BodyElements = new Dictionary<DocumentType, string> { [(DocumentType)7_042] = element },
        });
}
