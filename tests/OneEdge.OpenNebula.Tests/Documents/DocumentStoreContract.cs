using System.Text;
using System.Text.Json;

namespace OneEdge.OpenNebula.Tests.Documents;

/// <summary>What every document store promises. A class for a store says how one is opened, and no more.</summary>
public abstract partial class DocumentStoreContract : IAsyncLifetime
{
    /// <summary>A type that the tests have for themselves, and the next one: they delete every document of it.</summary>
    protected virtual DocumentType Type => (DocumentType)7_042;

    /// <summary>Whether the cloud lists documents upwards (<c>API_LIST_ORDER = "ASC"</c>).</summary>
    protected virtual bool ListsOldestFirst => false;

    private readonly List<IDocumentStore> _stores = [];

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected ShiftedTime Time { get; } = new();

    private IDocumentStore Store => _stores[0];

    /// <summary>Opens a store on the same documents as the others of this test: pages of 3, this clock, bodies of at most 10,000 bytes.</summary>
    protected abstract Task<IDocumentStore> OpenAsync(int number);

    public virtual async ValueTask InitializeAsync()
    {
        for (int i = 0; i < 2; i++) _stores.Add(await OpenAsync(i));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (StoredDocument left in await ListAsync()) await Store.DeleteAsync(left.Id, cancellationToken: Token);
        foreach (IDisposable store in _stores.OfType<IDisposable>()) store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Created_document_is_read_as_it_was_given()
    {
        DocumentRevision created = await Store.CreateAsync(Type, "first", """{"a":1}""", Token);

        StoredDocument read = await Store.ReadAsync(created.Id, Token);
        Assert.Equal((created, Type, "first", """{"a":1}"""), (read.Revision, read.Type, read.Name, read.BodyText));
        Assert.Null(read.Problem);
        Assert.Null(read.Lease);
    }

    [Fact]
    public async Task Document_without_a_name_is_named_by_its_id()
    {
        DocumentRevision created = await Store.CreateAsync(Type, null, "{}", Token);
        Assert.Equal($"document-{created.Id}", (await Store.ReadAsync(created.Id, Token)).Name);
    }

    [Fact]
    public async Task Two_documents_may_have_one_name()
    {
        DocumentRevision first = await Store.CreateAsync(Type, "same", "{}", Token);
        Assert.NotEqual(first.Id, (await Store.CreateAsync(Type, "same", "{}", Token)).Id);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(" \r\n\t{ } \n")]
    [InlineData("{\"a\":\"]]>]]>\",\"b]]>c\":[[[1 ] ] ] }")]
    [InlineData("{\r\n  \"a\": \"x\\r\\ny\",\r  \"b\" : null\r\n}")]
    [InlineData("{\"text\":\"<&>\\\"'\\\\ \\u0000 \\ud800 \u00e9 \u20ac \ud83d\ude00 \ufffe \uffff \ufffd \u0085 \u2028\"}")]
    [InlineData("{\"numbers\":[1.0,1e400,-0,12345678901234567890],\"nested\":{\"oneedge\":{\"version\":9}}}")]
    [InlineData("{\"a\":1,\"a\":2,\"\":3}")]
    public async Task Body_means_the_same_and_has_the_same_version_when_it_is_read(string body)
    {
        DocumentRevision created = await Store.CreateAsync(Type, null, body, Token);
        StoredDocument first = await Store.ReadAsync(created.Id, Token);
        Assert.Equal(created, first.Revision);
        AssertSame(body, first.BodyText);

        DocumentRevision updated = await Store.UpdateAsync(created.Id, created.Version, body, cancellationToken: Token);
        StoredDocument second = await Store.ReadAsync(created.Id, Token);
        Assert.Equal(updated, second.Revision);
        Assert.Equal(first.BodyText, second.BodyText);
        await Store.ReleaseLeaseAsync(await Store.AcquireLeaseAsync(created.Id, "somebody", TimeSpan.FromMinutes(1), Token), Token);
        Assert.Equal((updated, first.BodyText), ((await Store.ReadAsync(created.Id, Token)).Revision, (await Store.ReadAsync(created.Id, Token)).BodyText));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":1}//")]
    [InlineData("\ufeff{}")]
    [InlineData("{\"oneedge\":1}")]
    [InlineData("{\"a\":1,\"one\\u0065dge\":1}")]
    public async Task Body_that_is_no_plain_object_is_refused_and_nothing_is_written(string body) => await RefusesAsync(Encoding.UTF8.GetBytes(body));

    [Fact]
    public async Task Body_that_is_not_UTF8_is_refused() => await RefusesAsync([.. "{\"a\":\""u8, 0xC3, .. "\"}"u8]);

    [Fact]
    public async Task Body_that_is_too_large_or_too_deep_is_refused()
    {
        await RefusesAsync(Encoding.UTF8.GetBytes($$"""{"a":"{{new string('x', 10_000)}}"}"""));
        await RefusesAsync(Encoding.UTF8.GetBytes($$"""{"a":{{new string('[', 64)}}{{new string(']', 64)}}}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a<b")]
    [InlineData("a\nb")]
    [InlineData("\u0001")]
    [InlineData("\uffff")]
    [InlineData("\ud83d\ude00")]
    [InlineData("éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé")]
    public async Task Name_that_OpenNebula_would_not_take_is_refused(string name)
    {
        Assert.Equal(
            OpenNebulaErrorCodes.DocumentInvalid,
            (await Assert.ThrowsAsync<OpenNebulaException>(() => Store.CreateAsync(Type, name, "{}", Token))).Code);
        Assert.Empty(await ListAsync());
    }

    // An attribute cannot hold such a text.
    [Fact]
    public async Task Name_with_half_a_character_is_refused() => await Name_that_OpenNebula_would_not_take_is_refused("a" + (char)0xD800);

    [Fact]
    public async Task Negative_type_is_refused() => Assert.Equal(
        OpenNebulaErrorCodes.DocumentInvalid,
        (await Assert.ThrowsAsync<OpenNebulaException>(() => Store.CreateAsync((DocumentType)(-1), null, "{}", Token))).Code);

    [Fact]
    public async Task Update_based_on_an_older_version_is_refused_and_tells_both()
    {
        DocumentRevision first = await Store.CreateAsync(Type, null, """{"n":1}""", Token);
        DocumentRevision second = await Store.UpdateAsync(first.Id, first.Version, """{"n":2}""", cancellationToken: Token);
        Assert.NotEqual(first, second);

        var refused = await Assert.ThrowsAsync<DocumentConflictException>(
            () => _stores[1].UpdateAsync(first.Id, first.Version, """{"n":3}""", cancellationToken: Token));
        Assert.Equal((first.Id, first.Version, second.Version), (refused.DocumentId, refused.Expected, refused.Actual));
        Assert.Equal("""{"n":2}""", (await Store.ReadAsync(first.Id, Token)).BodyText);
    }

    [Fact]
    public async Task Update_that_changes_nothing_is_a_version_of_its_own()
    {
        DocumentRevision first = await Store.CreateAsync(Type, null, "{}", Token);
        await Store.UpdateAsync(first.Id, first.Version, "{}", cancellationToken: Token);
        await Assert.ThrowsAsync<DocumentConflictException>(() => Store.UpdateAsync(first.Id, first.Version, "{}", cancellationToken: Token));
    }

    [Fact]
    public async Task Version_survives_as_a_text()
    {
        DocumentRevision first = await Store.CreateAsync(Type, null, """{"n":1}""", Token);
        DocumentVersion read = DocumentVersion.Parse(first.Version.ToString());
        Assert.Equal(first.Version, read);
        await Store.UpdateAsync(first.Id, read, """{"n":2}""", cancellationToken: Token);
    }

    [Fact]
    public async Task Document_that_is_not_there_is_told_everywhere()
    {
        DocumentRevision gone = await Store.CreateAsync(Type, null, "{}", Token);
        DocumentLease lease = await Store.AcquireLeaseAsync(gone.Id, "somebody", TimeSpan.FromMinutes(1), Token);
        await Store.DeleteAsync(gone.Id, cancellationToken: Token);
        Func<Task>[] uses =
        [
            () => Store.ReadAsync(gone.Id, Token),
            () => Store.UpdateAsync(gone.Id, gone.Version, "{}", cancellationToken: Token),
            () => Store.DeleteAsync(gone.Id, cancellationToken: Token),
            () => Store.DeleteAsync(gone.Id, gone.Version, cancellationToken: Token),
            () => Store.AcquireLeaseAsync(gone.Id, "somebody", TimeSpan.FromMinutes(1), Token),
            () => Store.RenewLeaseAsync(lease, TimeSpan.FromMinutes(1), Token),
        ];
        foreach (Func<Task> use in uses) Assert.Equal(gone.Id, (await Assert.ThrowsAsync<DocumentNotFoundException>(use)).DocumentId);
        await Store.ReleaseLeaseAsync(lease, Token);
    }

    [Fact]
    public async Task Delete_based_on_an_older_version_is_refused()
    {
        DocumentRevision first = await Store.CreateAsync(Type, null, "{}", Token);
        DocumentRevision second = await Store.UpdateAsync(first.Id, first.Version, "{}", cancellationToken: Token);
        await Assert.ThrowsAsync<DocumentConflictException>(() => Store.DeleteAsync(first.Id, first.Version, cancellationToken: Token));
        Assert.Equal(second, (await Store.ReadAsync(first.Id, Token)).Revision);
        await Store.DeleteAsync(first.Id, second.Version, cancellationToken: Token);
        await Assert.ThrowsAsync<DocumentNotFoundException>(() => Store.ReadAsync(first.Id, Token));
    }

    [Fact]
    public async Task Id_of_a_deleted_document_is_not_given_again()
    {
        DocumentRevision first = await Store.CreateAsync(Type, null, "{}", Token);
        await Store.DeleteAsync(first.Id, cancellationToken: Token);
        Assert.True((await Store.CreateAsync(Type, null, "{}", Token)).Id > first.Id);
    }

    [Fact]
    public async Task List_gives_the_documents_of_a_type_newest_first_over_many_pages()
    {
        List<int> ids = [];
        for (int i = 0; i < 11; i++)
        {
            ids.Insert(0, (await Store.CreateAsync(Type, null, $$"""{"i":{{i}}}""", Token)).Id);
            int other = (await Store.CreateAsync(Type + 1, null, "{}", Token)).Id;
            await Store.DeleteAsync(other, cancellationToken: Token);
        }

        List<StoredDocument> listed = await ListAsync();
        if (ListsOldestFirst) listed.Reverse();
        Assert.Equal(ids, listed.Select(d => d.Id));
        Assert.Equal([.. Enumerable.Range(0, 11).Reverse().Select(i => $$"""{"i":{{i}}}""")], listed.Select(d => d.BodyText));
        Assert.Equal([.. (await Task.WhenAll(ids.Select(id => Store.ReadAsync(id, Token)))).Select(d => d.Version)], listed.Select(d => d.Version));
    }

    [Fact]
    public async Task List_gives_each_document_that_stays_once_while_others_come_and_go()
    {
        List<int> ids = [];
        for (int i = 0; i < 20; i++) ids.Add((await Store.CreateAsync(Type, null, "{}", Token)).Id);
        HashSet<int> gone = [];
        List<int> seen = [];
        await foreach (StoredDocument document in Store.ListAsync(Type, Token))
        {
            seen.Add(document.Id);
            if (gone.Count < ids.Count && ids[^(1 + gone.Count)] is var above && gone.Add(above)) await _stores[1].DeleteAsync(above, cancellationToken: Token);
            await _stores[1].CreateAsync(Type, null, "{}", Token);
            if (seen.Count > 40) break;
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Empty(ids.Where(id => !gone.Contains(id)).Except(seen));
        Assert.Equal(ListsOldestFirst ? seen.Order() : seen.OrderDescending(), seen);
    }

    [Fact]
    public async Task List_of_nothing_is_empty() => Assert.Empty(await ListAsync());

    [Fact]
    public async Task Cancelled_call_changes_nothing()
    {
        DocumentRevision first = await Store.CreateAsync(Type, null, "{}", Token);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.UpdateAsync(first.Id, first.Version, """{"n":1}""", null, cancelled.Token));
        Assert.Equal(first, (await Store.ReadAsync(first.Id, Token)).Revision);
    }

    private static void AssertSame(string expected, string actual)
    {
        // Lone surrogates and doubled names are nothing that nodes can hold: those texts come back as they are but for the escapes.
        using JsonDocument one = JsonDocument.Parse(expected);
        using JsonDocument other = JsonDocument.Parse(actual);
        Assert.Equal(Shape(one.RootElement), Shape(other.RootElement));
    }

    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{"
            + string.Join(",", element.EnumerateObject().Select(p => p.Name.Replace("]]\\u003e", "]]>", StringComparison.Ordinal) + ":" + Shape(p.Value)))
            + "}",
        JsonValueKind.Array => "[" + string.Join(",", element.EnumerateArray().Select(Shape)) + "]",
        JsonValueKind.String => element.GetRawText()
            .Replace("\\ud83d\\ude00", "\ud83d\ude00", StringComparison.Ordinal)
            .Replace("\\u003e", ">", StringComparison.Ordinal)
            .Replace("\\ufffe", "\ufffe", StringComparison.Ordinal)
            .Replace("\\uffff", "\uffff", StringComparison.Ordinal),
        _ => element.GetRawText(),
    };

    private async Task RefusesAsync(byte[] body)
    {
        DocumentRevision first = await Store.CreateAsync(Type, null, """{"n":1}""", Token);
        Func<Task>[] writes =
        [
            () => Store.CreateAsync(Type, null, body, Token),
            () => Store.UpdateAsync(first.Id, first.Version, body, cancellationToken: Token),
        ];
        foreach (Func<Task> write in writes)
            Assert.Equal(OpenNebulaErrorCodes.DocumentInvalid, (await Assert.ThrowsAsync<OpenNebulaException>(write)).Code);
        StoredDocument only = Assert.Single(await ListAsync());
        await Store.DeleteAsync(only.Id, cancellationToken: Token);
        Assert.Equal((first, """{"n":1}"""), (only.Revision, only.BodyText));
    }

    private async Task<List<StoredDocument>> ListAsync()
    {
        List<StoredDocument> all = [];
        await foreach (StoredDocument document in Store.ListAsync(Type, Token)) all.Add(document);
        return all;
    }
}
