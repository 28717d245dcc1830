using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using OneEdge.OpenNebula.Sqlite;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Documents;

/// <summary>Two clients do what they like with one document; a few lines say what must come of it.</summary>
public sealed class DocumentModelTests
{
    private enum Action
    {
        Read,
        Update,
        UpdateWithToken,
        Acquire,
        Renew,
        Release,
        Wait,
        Delete,
    }

    // Reads and updates more often than deletes, which end most of what can happen.
    private static readonly Gen<(int Client, Action Action)[]> Actions =
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 40].Select(i => i == 40 ? Action.Delete : (Action)(i % 7))).Array[1, 40];

    [Fact]
    public void Pool_does_what_the_model_does() => Actions.Sample(
        actions =>
        {
            var time = new FakeTimeProvider();
            var pool = new FakePool(time);
            Play(actions, time, i => new OpenNebulaDocumentStore(pool.User(2), $"client-{i}", new() { TimeProvider = time, LocksWhileWriting = i == 0 }));
        },
        iter: 3_000);

    [Fact]
    public void Sqlite_file_does_what_the_model_does() => Actions.Sample(
        actions =>
        {
            using var directory = new TemporaryDirectory();
            var time = new FakeTimeProvider();
            using SqliteDocumentStore first = Open();
            using SqliteDocumentStore second = Open();
            Play(actions, time, i => i == 0 ? first : second);

            SqliteDocumentStore Open() => SqliteDocumentStore.OpenAsync(
                directory["d.db"], new() { TimeProvider = time, SurvivesPowerLoss = false }).GetAwaiter().GetResult();
        },
        iter: 150);

    private static void Play((int Client, Action Action)[] actions, FakeTimeProvider time, Func<int, IDocumentStore> open)
    {
        IDocumentStore[] stores = [open(0), open(1)];
        var model = new Model(time, stores[0].CreateAsync((DocumentType)1, "x", """{"n":0}""").GetAwaiter().GetResult().Id);
        foreach ((int client, Action action) in actions) PlayAsync(model, stores[client], model.Clients[client], action).GetAwaiter().GetResult();
    }

    private static async Task PlayAsync(Model model, IDocumentStore store, Client client, Action action)
    {
        switch (action)
        {
            case Action.Wait:
                model.Time.Advance(TimeSpan.FromSeconds(20));
                return;
            case Action.Read:
                if (await RefusedAsync(() => store.ReadAsync(model.Id)) is { } refused) Assert.Equal(model.Gone, refused);
                else await ReadAsync(model, store, client);
                return;
            case Action.Update or Action.UpdateWithToken:
                long? token = action == Action.UpdateWithToken ? client.Lease?.Token ?? 12_345 : null;
                DocumentRevision written = default;
                string? why = await RefusedAsync(
                    async () => written = await store.UpdateAsync(model.Id, client.Seen, $$"""{"n":{{model.Written + 1}}}""", token));
                Assert.Equal(model.Update(client, token), why);
                if (why is null) (client.Seen, client.SeenAt) = (written.Version, model.Written);
                return;
            case Action.Delete:
                Assert.Equal(model.Delete(client), await RefusedAsync(() => store.DeleteAsync(model.Id, client.Seen)));
                return;
            case Action.Acquire:
                DocumentLease? taken = null;
                string? held = await RefusedAsync(async () => taken = await store.AcquireLeaseAsync(model.Id, client.Name, TimeSpan.FromSeconds(30)));
                Assert.Equal(model.Acquire(client, taken), held);
                return;
            case Action.Renew when client.Lease is not null:
                Assert.Equal(model.Renew(client), await RefusedAsync(() => store.RenewLeaseAsync(client.Lease, TimeSpan.FromSeconds(30))));
                return;
            case Action.Release when client.Lease is not null:
                Assert.Null(await RefusedAsync(() => store.ReleaseLeaseAsync(client.Lease)));
                model.Release(client);
                return;
        }
    }

    private static async Task ReadAsync(Model model, IDocumentStore store, Client client)
    {
        StoredDocument read = await store.ReadAsync(model.Id);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{{\"n\":{model.Written}}}"), read.BodyText);
        Assert.Equal(model.Holder, read.Lease?.Holder);
        Assert.Equal(model.Holder is null ? null : model.Token, read.Lease?.Token);
        (client.Seen, client.SeenAt) = (read.Version, model.Written);
    }

    private static async Task<string?> RefusedAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (OpenNebulaException e)
        {
            return e.Code;
        }
    }

    private sealed class Client(string name)
    {
        public string Name { get; } = name;

        public DocumentVersion Seen { get; set; } = new(999);

        public int SeenAt { get; set; } = -1;

        public DocumentLease? Lease { get; set; }
    }

    private sealed class Model(FakeTimeProvider time, int id)
    {
        private bool _isThere = true;
        private DateTimeOffset _expires;

        public FakeTimeProvider Time { get; } = time;

        public int Id { get; } = id;

        public Client[] Clients { get; } = [new("first"), new("second")];

        /// <summary>How often it was changed; the body says it, too.</summary>
        public int Written { get; private set; }

        public long Token { get; private set; }

        public string? Holder { get; private set; }

        public string? Gone => _isThere ? null : OpenNebulaErrorCodes.DocumentNotFound;

        public string? Update(Client client, long? token)
        {
            if (Check(client, token) is { } refused) return refused;
            Written++;
            return null;
        }

        public string? Delete(Client client)
        {
            if (Check(client, null) is { } refused) return refused;
            _isThere = false;
            return null;
        }

        public string? Acquire(Client client, DocumentLease? taken)
        {
            if (!_isThere) return Gone;
            if (Holder is not null && _expires > Time.GetUtcNow()) return OpenNebulaErrorCodes.DocumentLeaseHeld;
            Assert.NotNull(taken);
            Assert.True(taken.Token > Token);
            (Token, Holder, client.Lease) = (taken.Token, client.Name, taken);
            _expires = Time.GetUtcNow() + TimeSpan.FromSeconds(30);
            return null;
        }

        public string? Renew(Client client)
        {
            if (!_isThere) return Gone;
            if (!Owns(client)) return OpenNebulaErrorCodes.DocumentLeaseLost;
            _expires = Time.GetUtcNow() + TimeSpan.FromSeconds(30);
            return null;
        }

        public void Release(Client client)
        {
            if (Owns(client)) Holder = null;
        }

        private bool Owns(Client client) => Holder == client.Name && Token == client.Lease!.Token;

        private string? Check(Client client, long? token)
        {
            if (!_isThere) return Gone;
            if (token is not null && token != Token) return OpenNebulaErrorCodes.DocumentLeaseLost;
            return client.SeenAt == Written ? null : OpenNebulaErrorCodes.DocumentConflict;
        }
    }
}
