using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using OneEdge.OpenNebula.Sqlite;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Documents;

public sealed class SqliteDocumentStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public SqliteDocumentStoreTests() => File = _directory["documents.db"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File { get; }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task New_file_and_those_beside_it_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Files have no modes there.");
            return;
        }

        using SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(File, cancellationToken: Token);
        await store.CreateAsync((DocumentType)1, null, "{}", Token);
        string[] files = Directory.GetFiles(_directory.Path);
        Assert.True(files.Length >= 2);
        foreach (string file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Documents_are_there_when_the_file_is_opened_again()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        SqliteDocumentStoreOptions options = new() { TimeProvider = time };
        DocumentRevision created;
        DocumentLease lease;
        using (SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(File, options, Token))
        {
            created = await store.CreateAsync((DocumentType)1, "x", """{"a":1}""", Token);
            lease = await store.AcquireLeaseAsync(created.Id, "me", TimeSpan.FromHours(1), Token);
        }

        using SqliteDocumentStore again = await SqliteDocumentStore.OpenAsync(File, options, Token);
        StoredDocument read = await again.ReadAsync(created.Id, Token);
        Assert.Equal((created, "x", """{"a":1}""", lease), (read.Revision, read.Name, read.BodyText, read.Lease));
        Assert.Equal(time.GetUtcNow(), read.RegistrationTime);
        Assert.Null(read.Owner);
    }

    [Fact]
    public async Task File_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        (await SqliteDocumentStore.OpenAsync(File, cancellationToken: Token)).Dispose();
        Execute("UPDATE schema_version SET version = 2");
        await IsRefusedAsync(OpenNebulaErrorCodes.DocumentStoreNewer, "newer version");
    }

    [Fact]
    public async Task Database_of_another_program_is_refused_and_left_as_it_is()
    {
        Execute("CREATE TABLE vm_pool (oid INTEGER)");
        await IsRefusedAsync(OpenNebulaErrorCodes.DocumentStoreUnusable, "another program");
    }

    [Theory]
    [InlineData("some text that is longer than the header of a database, which has a hundred bytes, and says nothing of the kind at all.")]
    [InlineData("short")]
    public async Task File_that_is_no_database_is_refused_and_left_as_it_is(string content)
    {
        System.IO.File.WriteAllText(File, content);
        await IsRefusedAsync(OpenNebulaErrorCodes.DocumentStoreUnusable, "no SQLite database");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Damaged_file_is_told_and_left_as_it_is(bool isCut)
    {
        using (SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(File, cancellationToken: Token))
        {
            for (int i = 0; i < 50; i++) await store.CreateAsync((DocumentType)1, null, $$"""{"text":"{{new string('x', 3_000)}}"}""", Token);
        }

        byte[] content = System.IO.File.ReadAllBytes(File);
        if (isCut) content = content[..(content.Length / 2)];
        else content.AsSpan(3 * 4096).Fill(0xAA);
        System.IO.File.WriteAllBytes(File, content);
        byte[] hash = SHA256.HashData(content);
        Func<Task> use = async () =>
        {
            using SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(File, cancellationToken: Token);
            await foreach (StoredDocument document in store.ListAsync((DocumentType)1, Token))
                Assert.EndsWith("x\"}", document.BodyText, StringComparison.Ordinal);
        };
        var error = await Assert.ThrowsAsync<OpenNebulaException>(use);
        Assert.Equal(OpenNebulaErrorCodes.DocumentStoreUnusable, error.Code);
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.Equal(hash, SHA256.HashData(System.IO.File.ReadAllBytes(File)));
    }

    [Theory]
    [InlineData("no/such/folder.db")]
    [InlineData("")]
    public async Task Place_where_no_file_can_be_is_told(string relative)
    {
        Func<Task> open = () => SqliteDocumentStore.OpenAsync(_directory[relative], cancellationToken: Token);
        Assert.Equal(OpenNebulaErrorCodes.DocumentStoreUnusable, (await Assert.ThrowsAsync<OpenNebulaException>(open)).Code);
    }

    [Fact]
    public async Task Read_only_disk_is_told()
    {
        using SmallDisk disk = SmallDisk.Mount(_directory["disk"], "size=4m");
        string file = _directory["disk/documents.db"];
        (await SqliteDocumentStore.OpenAsync(file, cancellationToken: Token)).Dispose();
        disk.MakeReadOnly();
        Func<Task> use = async () =>
        {
            using SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(file, cancellationToken: Token);
            await store.CreateAsync((DocumentType)1, null, "{}", Token);
        };
        Assert.Equal(OpenNebulaErrorCodes.DocumentStoreUnusable, (await Assert.ThrowsAsync<OpenNebulaException>(use)).Code);
    }

    [Fact]
    public async Task Full_disk_refuses_a_change_and_keeps_every_earlier_one()
    {
        using SmallDisk disk = SmallDisk.Mount(_directory["disk"], "size=1m");
        string file = _directory["disk/documents.db"];
        List<DocumentRevision> written = [];
        using (SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(file, cancellationToken: Token))
        {
            Func<Task> fill = async () =>
            {
                while (written.Count < 1_000) written.Add(await store.CreateAsync((DocumentType)1, null, Body(written.Count), Token));
            };
            var full = await Assert.ThrowsAsync<OpenNebulaException>(fill);
            Assert.Equal(OpenNebulaErrorCodes.DocumentStoreUnusable, full.Code);
            Assert.Contains("disk is full", full.Message, StringComparison.Ordinal);
            await AllAreThereAsync(store);
        }

        using SqliteDocumentStore again = await SqliteDocumentStore.OpenAsync(file, cancellationToken: Token);
        await AllAreThereAsync(again);

        async Task AllAreThereAsync(SqliteDocumentStore store)
        {
            int listed = 0;
            await foreach (StoredDocument document in store.ListAsync((DocumentType)1, Token))
            {
                listed++;
                Assert.Equal((written[^listed], Body(written.Count - listed)), (document.Revision, document.BodyText));
            }

            Assert.Equal(written.Count, listed);
            Assert.True(listed > 10);
        }

        static string Body(int i) => $$"""{"i":{{i}},"text":"{{new string('x', 8_000)}}"}""";
    }

    [Fact]
    public async Task Writer_that_others_keep_out_says_so_and_readers_go_on()
    {
        using SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(File, new() { BusyTimeout = TimeSpan.FromMilliseconds(50) }, Token);
        DocumentRevision document = await store.CreateAsync((DocumentType)1, null, "{}", Token);
        using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        other.Open();
        using (SqliteTransaction held = other.BeginTransaction(deferred: false))
        {
            Func<Task> write = () => store.UpdateAsync(document.Id, document.Version, """{"n":1}""", cancellationToken: Token);
            Assert.Equal(OpenNebulaErrorCodes.DocumentBusy, (await Assert.ThrowsAsync<OpenNebulaException>(write)).Code);
            Assert.Equal(document, (await store.ReadAsync(document.Id, Token)).Revision);
        }

        await store.UpdateAsync(document.Id, document.Version, """{"n":1}""", cancellationToken: Token);
    }

    [Fact]
    public async Task Closed_store_says_so()
    {
        SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(File, cancellationToken: Token);
        store.Dispose();
        store.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.ReadAsync(1, Token));
    }

    [Fact]
    public async Task Many_that_open_a_new_file_at_once_all_get_it()
    {
        SqliteDocumentStore[] stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SqliteDocumentStore.OpenAsync(File, cancellationToken: Token)));
        DocumentRevision[] created = await Task.WhenAll(stores.Select(s => s.CreateAsync((DocumentType)1, null, "{}", Token)));
        Assert.Equal(8, created.Select(c => c.Id).Distinct().Count());
        foreach (SqliteDocumentStore store in stores) store.Dispose();
    }

    [Fact]
    public async Task Processes_that_count_in_one_document_lose_nothing()
    {
        using SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(File, cancellationToken: Token);
        int id = (await store.CreateAsync((DocumentType)1, null, """{"n":0}""", Token)).Id;
        KilledProcess[] processes = [.. Enumerable.Range(0, 3).Select(_ => KilledProcess.Start(
            TestProgram.Path, "documents-count", File, id.ToString(CultureInfo.InvariantCulture), "40"))];
        foreach (KilledProcess process in processes) await process.WaitForLineAsync("done", Token);
        foreach (KilledProcess process in processes) process.Dispose();
        StoredDocument counted = await store.ReadAsync(id, Token);
        Assert.Equal(("""{"n":120}""", 121L), (counted.BodyText, counted.Version.Number));
    }

    [Fact]
    public async Task Killed_process_leaves_every_acknowledged_change_and_no_half_one()
    {
        var random = new Random(20260101);
        for (int run = 0; run < 12; run++)
        {
            using var process = KilledProcess.Start(TestProgram.Path, "documents-write", File);
            await process.WaitForLineAsync("ready", Token);
            List<string> lines = [];
            for (int wanted = random.Next(1, 30); lines.Count < wanted;) lines.Add(await process.ReadLineAsync(Token));
            Assert.True(await process.KillAfterAsync(TimeSpan.FromMilliseconds(random.NextDouble() * 5), Token));
            lines.AddRange(await process.ReadLinesLeftAsync(Token));
            (int Id, int N)[] told = [.. lines.Select(Read)];

            using SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(File, cancellationToken: Token);
            Dictionary<int, int> found = [];
            await foreach (StoredDocument document in store.ListAsync((DocumentType)1, Token)) found.Add(document.Id, WholeBody(document));
            foreach ((int id, int n) in told) Assert.True(found.TryGetValue(id, out int there) && there >= n, $"{id}: {n}, {there}");
        }
    }

    [Fact]
    public async Task Name_that_SQLite_would_take_for_an_address_or_for_memory_is_a_file()
    {
        // SQLite looks at names that are no whole path; such a one is in the working directory of the tests.
        string name = $"file:{Guid.NewGuid():N}?mode=memory";
        try
        {
            using (SqliteDocumentStore store = await SqliteDocumentStore.OpenAsync(name, cancellationToken: Token))
                await store.CreateAsync((DocumentType)1, null, "{}", Token);
            using SqliteDocumentStore again = await SqliteDocumentStore.OpenAsync(Path.GetFullPath(name), cancellationToken: Token);
            Assert.Equal("{}", (await again.ReadAsync(1, Token)).BodyText);
        }
        finally
        {
            foreach (string left in Directory.GetFiles(Directory.GetCurrentDirectory(), name + "*")) System.IO.File.Delete(left);
        }
    }

    private static (int Id, int N) Read(string line)
    {
        string[] parts = line.Split(' ');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    // The number in a body that is as it was written, the version with it.
    private static int WholeBody(StoredDocument document)
    {
        int n = document.BodyText[5] - '0';
        Assert.Equal($$"""{"n":{{n}},"text":"{{new string((char)('a' + n), 6_000)}}"}""", document.BodyText);
        Assert.Equal(n + 1, document.Version.Number);
        return n;
    }

    private async Task IsRefusedAsync(string code, string text)
    {
        byte[] before = System.IO.File.ReadAllBytes(File);
        var refused = await Assert.ThrowsAsync<OpenNebulaException>(() => SqliteDocumentStore.OpenAsync(File, cancellationToken: Token));
        Assert.Equal(code, refused.Code);
        Assert.Contains(text, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        Assert.Equal([File], Directory.GetFiles(_directory.Path));
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
