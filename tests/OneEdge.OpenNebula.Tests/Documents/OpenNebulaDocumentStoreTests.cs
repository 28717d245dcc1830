using System.Globalization;

namespace OneEdge.OpenNebula.Tests.Documents;

public sealed class OpenNebulaDocumentStoreTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ShiftedTime _time = new();
    private readonly FakePool _pool;
    private readonly IOpenNebulaRpc _rpc;
    private readonly OpenNebulaDocumentStore _store;

    public OpenNebulaDocumentStoreTests()
    {
        _pool = new FakePool(_time);
        _rpc = _pool.User(2);
        _store = new OpenNebulaDocumentStore(_rpc, "test", new() { TimeProvider = _time });
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Created_service_is_stored_as_the_original_stores_it()
    {
        DocumentRevision created = await _store.CreateAsync(DocumentType.Service, "svc", """{"name":"svc","state":0,"roles":[]}""", Token);
        Assert.Equal("""<TEMPLATE><BODY><![CDATA[{"name":"svc","state":0,"roles":[]}]]></BODY></TEMPLATE>""", _pool.Template(created.Id).ToXml());
    }

    [Fact]
    public async Task Changed_service_has_the_member_of_the_store_at_its_end_and_is_otherwise_the_same()
    {
        DocumentRevision created = await _store.CreateAsync(DocumentType.Service, "svc", """{"state":0}""", Token);
        await _store.UpdateAsync(created.Id, created.Version, """{"state": 2 }""", cancellationToken: Token);
        Assert.Equal($$$"""{"state": 2,"oneedge":{"document":{{{created.Id}}},"version":1} }""", _pool.Template(created.Id).Get("BODY"));
        DocumentLease lease = await _store.AcquireLeaseAsync(created.Id, "me", Minute, Token);
        string held = string.Create(
            CultureInfo.InvariantCulture, $"\"token\":{lease.Token},\"holder\":\"me\",\"expires\":{lease.Expires.ToUnixTimeMilliseconds()}");
        Assert.Equal(
            $$$"""{"state": 2,"oneedge":{"document":{{{created.Id}}},"version":1,"lease":{{{{held}}}}} }""", _pool.Template(created.Id).Get("BODY"));
    }

    [Fact]
    public async Task Text_that_would_end_its_section_is_escaped()
    {
        DocumentRevision created = await _store.CreateAsync(DocumentType.Service, null, """{"a":"]]>"}""", Token);
        Assert.Equal("""{"a":"]]\u003e"}""", _pool.Template(created.Id).Get("BODY"));
    }

    [Fact]
    public async Task Other_elements_of_the_template_stay()
    {
        int id = await AllocateAsync(
            "<TEMPLATE><PLAIN><![CDATA[{\"p\":1}]]></PLAIN><A><B>1</B></A><PROVISION_BODY><![CDATA[{}]]></PROVISION_BODY></TEMPLATE>", 102);
        var admin = new OpenNebulaDocumentStore(_pool.User(0, isAdmin: true), "admin");
        StoredDocument read = await admin.ReadAsync(id, Token);
        await admin.UpdateAsync(id, read.Version, """{"x":1}""", cancellationToken: Token);
        StoredTemplate stored = _pool.Template(id);
        Assert.Equal(("""{"p":1}""", "1"), (stored.Get("PLAIN"), stored.Vector("A")!.Get("B")));
        Assert.StartsWith("""{"x":1,"oneedge":""", stored.Get("PROVISION_BODY"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encrypted_body_is_no_secret_to_guess_at_and_cannot_be_overwritten()
    {
        int id = await AllocateAsync("<TEMPLATE><PROVISION_BODY><![CDATA[{\"key\":\"secret\"}]]></PROVISION_BODY></TEMPLATE>", 102);
        StoredDocument read = await _store.ReadAsync(id, Token);
        Assert.Contains("encrypted", read.Problem, StringComparison.Ordinal);
        Func<Task>[] changes =
        [
            () => _store.UpdateAsync(id, read.Version, "{}", cancellationToken: Token),
            () => _store.DeleteAsync(id, read.Version, cancellationToken: Token),
            () => _store.AcquireLeaseAsync(id, "me", Minute, Token),
        ];
        foreach (Func<Task> change in changes)
            Assert.Equal(OpenNebulaErrorCodes.DocumentUnreadable, (await Assert.ThrowsAsync<OpenNebulaException>(change)).Code);
        Assert.Equal("""{"key":"secret"}""", _pool.Template(id).Get("PROVISION_BODY"));
    }

    [Theory]
    [InlineData("<TEMPLATE><BODY><![CDATA[not json]]></BODY></TEMPLATE>", "no JSON")]
    [InlineData("<TEMPLATE><BODY><![CDATA[[1]]]></BODY></TEMPLATE>", "no object")]
    [InlineData("<TEMPLATE><BODY><A>1</A></BODY></TEMPLATE>", "no text in BODY")]
    [InlineData("<TEMPLATE><OTHER>1</OTHER></TEMPLATE>", "no text in BODY")]
    public async Task Body_that_another_program_spoiled_is_told_listed_and_can_be_mended(string template, string problem)
    {
        int id = await AllocateAsync(template, 104);
        await foreach (StoredDocument listed in _store.ListAsync(DocumentType.ProvisionTemplate, Token))
            Assert.Contains(problem, listed.Problem, StringComparison.Ordinal);
        StoredDocument read = await _store.ReadAsync(id, Token);
        Assert.Contains(problem, read.Problem, StringComparison.Ordinal);
        Assert.Equal(
            OpenNebulaErrorCodes.DocumentUnreadable,
            (await Assert.ThrowsAsync<OpenNebulaException>(() => _store.AcquireLeaseAsync(id, "me", Minute, Token))).Code);
        await _store.UpdateAsync(id, read.Version, """{"n":1}""", cancellationToken: Token);
        Assert.Equal("""{"n":1}""", (await _store.ReadAsync(id, Token)).BodyText);
    }

    [Theory]
    [InlineData("""{"state":2,"oneedge":KEPT}""")]
    [InlineData("""{"oneedge":KEPT,"state":2}""")]
    [InlineData("""{"state":2}""")]
    public async Task Write_of_the_original_is_noticed_whether_or_not_it_keeps_the_member(string written)
    {
        DocumentRevision created = await _store.CreateAsync(DocumentType.Service, null, """{"state":0}""", Token);
        DocumentRevision seen = await _store.UpdateAsync(created.Id, created.Version, """{"state":1}""", cancellationToken: Token);
        string kept = _pool.Template(created.Id).Get("BODY")!["{\"state\":1,\"oneedge\":".Length..^1];
        string body = written.Replace("KEPT", kept, StringComparison.Ordinal);
        await _rpc.CallAsync("one.document.update", [created.Id, $"<TEMPLATE><BODY><![CDATA[{body}]]></BODY></TEMPLATE>", 0], Token);

        await Assert.ThrowsAsync<DocumentConflictException>(() => _store.UpdateAsync(seen.Id, seen.Version, """{"state":3}""", cancellationToken: Token));
        Assert.Equal(body, _pool.Template(created.Id).Get("BODY"));
        StoredDocument now = await _store.ReadAsync(created.Id, Token);
        Assert.Equal("""{"state":2}""", now.BodyText);
        await _store.UpdateAsync(created.Id, now.Version, """{"state":3}""", cancellationToken: Token);
    }

    [Fact]
    public async Task Token_stays_greater_when_the_original_drops_the_member()
    {
        DocumentRevision created = await _store.CreateAsync(DocumentType.Service, null, "{}", Token);
        DocumentLease first = await _store.AcquireLeaseAsync(created.Id, "first", Minute, Token);
        await _rpc.CallAsync("one.document.update", [created.Id, "<TEMPLATE><BODY><![CDATA[{}]]></BODY></TEMPLATE>", 0], Token);
        await Assert.ThrowsAsync<DocumentLeaseException>(() => _store.RenewLeaseAsync(first, Minute, Token));
        await Assert.ThrowsAsync<DocumentLeaseException>(() => _store.UpdateAsync(created.Id, created.Version, "{}", first.Token, Token));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await _store.AcquireLeaseAsync(created.Id, "second", Minute, Token)).Token > first.Token);
    }

    [Fact]
    public async Task Clone_has_neither_the_version_nor_the_lease_of_its_source()
    {
        DocumentRevision source = await _store.CreateAsync(DocumentType.ServiceTemplate, null, """{"a":1}""", Token);
        await _store.UpdateAsync(source.Id, source.Version, """{"a":1}""", cancellationToken: Token);
        await _store.AcquireLeaseAsync(source.Id, "me", Minute, Token);
        int clone = (await _rpc.CallAsync("one.document.clone", [source.Id, "copy"], Token)).AsInt32();
        StoredDocument read = await _store.ReadAsync(clone, Token);
        Assert.Equal((0L, null, """{"a":1}"""), (read.Version.Number, read.Lease, read.BodyText));
        await _store.AcquireLeaseAsync(clone, "other", Minute, Token);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("""{"document":"0","version":1}""")]
    [InlineData("""{"document":0,"version":-1}""")]
    [InlineData("""{"document":0,"version":9223372036854775807}""")]
    [InlineData("""{"document":0,"version":1e3}""")]
    [InlineData("""{"document":0,"version":1,"lease":7}""")]
    [InlineData("""{"document":0,"version":1,"lease":{"token":9223372036854775807,"holder":"x","expires":1}}""")]
    [InlineData("""{"document":0,"version":1,"lease":{"token":5,"holder":"x","expires":9223372036854775807}}""")]
    [InlineData("""{"document":0,"version":1,"lease":{"token":5,"holder":"\ud800","expires":1}}""")]
    public async Task Member_that_no_store_wrote_does_no_harm(string member)
    {
        int id = await AllocateAsync($$"""<TEMPLATE><BODY><![CDATA[{"oneedge":{{member}},"a":1,"oneedge":{{member}},"b":2}]]></BODY></TEMPLATE>""", 104);
        StoredDocument read = await _store.ReadAsync(id, Token);
        Assert.Equal(("""{"a":1,"b":2}""", null), (read.BodyText, read.Lease));
        DocumentLease lease = await _store.AcquireLeaseAsync(id, "me", Minute, Token);
        Assert.Equal(lease, (await _store.ReadAsync(id, Token)).Lease);
        await _store.UpdateAsync(id, (await _store.ReadAsync(id, Token)).Version, "{}", lease.Token, Token);
    }

    [Fact]
    public async Task Change_costs_four_calls_with_the_lock_and_two_without()
    {
        DocumentRevision created = await _store.CreateAsync(DocumentType.Service, null, "{}", Token);
        _pool.Calls.Clear();
        DocumentRevision second = await _store.UpdateAsync(created.Id, created.Version, "{}", cancellationToken: Token);
        Assert.Equal(4, _pool.Calls.Values.Sum());
        _pool.Calls.Clear();
        var quick = new OpenNebulaDocumentStore(_rpc, "quick", new() { LocksWhileWriting = false });
        await quick.UpdateAsync(created.Id, second.Version, "{}", cancellationToken: Token);
        Assert.Equal(2, _pool.Calls.Values.Sum());
    }

    [Fact]
    public async Task Lock_can_be_kept_for_leases_alone()
    {
        var store = new OpenNebulaDocumentStore(_rpc, "holder", new() { LocksUpdates = false });
        DocumentRevision created = await store.CreateAsync(DocumentType.Service, null, "{}", Token);
        _pool.Calls.Clear();
        await store.UpdateAsync(created.Id, created.Version, "{}", cancellationToken: Token);
        Assert.Equal(2, _pool.Calls.Values.Sum());
        _pool.Calls.Clear();
        await store.AcquireLeaseAsync(created.Id, "holder", TimeSpan.FromMinutes(1), Token);
        Assert.Equal(4, _pool.Calls.Values.Sum());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Document_that_somebody_locked_for_something_else_is_told_at_once_and_stays_locked(int level)
    {
        DocumentRevision created = await _store.CreateAsync(DocumentType.Service, null, "{}", Token);
        await _rpc.CallAsync("one.document.lock", [created.Id, level, false], Token);
        var busy = await Assert.ThrowsAsync<OpenNebulaException>(() => _store.UpdateAsync(created.Id, created.Version, "{}", cancellationToken: Token));
        Assert.Equal(OpenNebulaErrorCodes.DocumentBusy, busy.Code);
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => _rpc.CallAsync("one.document.lock", [created.Id, 3, true], Token));
    }

    [Fact]
    public async Task Refused_change_gives_the_lock_back()
    {
        DocumentRevision created = await _store.CreateAsync(DocumentType.Service, null, "{}", Token);
        await Assert.ThrowsAsync<DocumentConflictException>(() => _store.UpdateAsync(created.Id, new DocumentVersion(7), "{}", cancellationToken: Token));
        await _rpc.CallAsync("one.document.lock", [created.Id, 3, true], Token);
    }

    [Fact]
    public async Task Listing_thousands_asks_for_a_bounded_number_at_once()
    {
        for (int i = 0; i < 3_000; i++)
        {
            await AllocateAsync("<TEMPLATE><BODY><![CDATA[{}]]></BODY></TEMPLATE>", 104);
            if (i == 1_500) _pool.SkipIds(1_000_000);
        }

        int count = 0;
        await foreach (StoredDocument document in _store.ListAsync(DocumentType.ProvisionTemplate, Token))
        {
            Assert.Equal("{}", document.BodyText);
            count++;
        }

        Assert.Equal(3_000, count);
        Assert.InRange(_pool.LargestPage, 1, 6_400);
        Assert.InRange(_pool.Calls["one.documentpool.info"], 1, 250);
    }

    [Theory]
    [InlineData("<DOCUMENT><ID>1</ID>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><DOCUMENT/>")]
    [InlineData("<DOCUMENT><TYPE>100</TYPE></DOCUMENT>")]
    [InlineData("<DOCUMENT><ID>x</ID></DOCUMENT>")]
    [InlineData("")]
    public async Task Answer_that_is_no_document_is_an_error(string answer)
    {
        var store = new OpenNebulaDocumentStore(new OneAnswer(answer), "test");
        await Assert.ThrowsAnyAsync<OpenNebulaException>(() => store.ReadAsync(1, Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("]]>")]
    public void Writer_without_a_proper_name_is_refused(string writer) =>
        Assert.ThrowsAny<ArgumentException>(() => new OpenNebulaDocumentStore(_rpc, writer));

    private async Task<int> AllocateAsync(string template, int type) =>
        (await _rpc.CallAsync("one.document.allocate", [template, type], Token)).AsInt32();

    private sealed class OneAnswer(string answer) : IOpenNebulaRpc
    {
        public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default) => Task.FromResult(RpcValue.From(answer));

        public Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }
}
