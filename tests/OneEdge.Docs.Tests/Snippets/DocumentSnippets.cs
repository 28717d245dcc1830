using System.Text.Json.Serialization;
using OneEdge.OpenNebula;
using OneEdge.OpenNebula.Sqlite;
using OneEdge.Testing;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code about documents.</summary>
public sealed partial class DocumentSnippets
{
    [Fact]
    public async Task Documents_run()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using var directory = new TemporaryDirectory();
        string path = directory["documents.db"];

        // <snippet documents-use>
        using SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(path, cancellationToken: ct);
        const DocumentType racks = (DocumentType)7000;                                                  // a number of your own, far from 100
        DocumentRevision created = await store.CreateAsync(racks, "rack 7", """{"nodes":3}""", ct);

        StoredDocument rack = await store.ReadAsync(created.Id, ct);                                    // rack.BodyText, rack.Version, rack.Lease...
        await store.UpdateAsync(rack.Id, rack.Version, """{"nodes":4}""", cancellationToken: ct);       // DocumentConflictException if it changed meanwhile

        await store.ModifyAsync(rack.Id, inventory => inventory with { Nodes = inventory.Nodes + 1 }, InventoryJson.Default.Inventory, cancellationToken: ct);
        await foreach (StoredDocument document in store.ListAsync(racks, ct))                            // newest first, a page at a time
            Console.WriteLine($"{document.Name}: {document.ReadBody(InventoryJson.Default.Inventory).Nodes} nodes");
        // </snippet>
        Assert.Equal("""{"nodes":5}""", (await store.ReadAsync(rack.Id, ct)).BodyText);

        // <snippet documents-lease>
        DocumentLease lease = await store.AcquireLeaseAsync(rack.Id, "engine 1", TimeSpan.FromSeconds(30), ct);     // DocumentLeaseException if held
        StoredDocument mine = await store.ReadAsync(rack.Id, ct);
        lease = await store.RenewLeaseAsync(lease, TimeSpan.FromSeconds(30), ct);
        await store.UpdateAsync(mine.Id, mine.Version, """{"nodes":6}""", lease.Token, ct);             // refused when a newer lease was granted
        await store.ReleaseLeaseAsync(lease, ct);
        // </snippet>
        Assert.Null((await store.ReadAsync(rack.Id, ct)).Lease);
    }

    [Fact]
    public async Task Store_over_the_pool_is_made_of_a_connection()
    {
        using var one = new OpenNebulaConnection(OpenNebulaCredentials.ForUser("oneadmin", "opennebula"));
        const int processId = 4711;

        // <snippet documents-pool>
        IDocumentStore services = new OpenNebulaDocumentStore(one, $"edge-1:{processId}:services");     // a name that no other store has
        // </snippet>
        await Assert.ThrowsAsync<OpenNebulaException>(() => services.CreateAsync(DocumentType.Service, null, "no json", TestContext.Current.CancellationToken));
    }

    internal sealed record Inventory(int Nodes);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Inventory))]
    internal sealed partial class InventoryJson : JsonSerializerContext;
}
