namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>Many calls at once, long lists while objects come and go, and what the server says of itself.</summary>
public abstract class CallContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    private readonly DocumentType _type = (DocumentType)Random.Shared.Next(100_000, int.MaxValue);

    [Fact]
    public async Task Several_reads_are_answered_each_for_itself()
    {
        int first = await NewTemplateAsync("A = 1"), second = await NewTemplateAsync("A = 2");
        IReadOnlyList<OpenNebulaCallResult> results = await One.Rpc.ReadManyAsync(
            [
                new("one.template.info", first), new("one.template.info", 2_000_000_000), new("one.template.info", second),
                new("one.template.info", "x"), new("system.listMethods"),
            ],
            Token);
        Assert.Equal(
            [null, OpenNebulaErrorKind.NoExists, null, OpenNebulaErrorKind.WrongParameters, null], results.Select(r => r.Error?.Kind));
        Assert.Equal("1", VmTemplate.ParseXml(results[0].Value.AsString()).Template.Get("A"));
        Assert.Equal("2", VmTemplate.ParseXml(results[2].Value.AsString()).Template.Get("A"));
        Assert.Contains("one.vm.info", results[4].Value.AsArray().Select(m => m.AsString()));
        Assert.Equal(2_000_000_000, Assert.Throws<OpenNebulaCallException>(() => results[1].Value).ObjectId);
    }

    [Fact]
    public async Task Many_reads_come_in_the_order_they_were_asked_for()
    {
        int[] ids = new int[7];
        for (int i = 0; i < ids.Length; i++) ids[i] = await NewDocumentAsync(_type, Text($"N = {i}"));
        IReadOnlyList<OpenNebulaCallResult> results = await One.Rpc.ReadManyAsync(
            [.. Enumerable.Range(0, 210).Select(i => new OpenNebulaCall("one.document.info", ids[i % 7]))], Token);
        Assert.Equal(
            Enumerable.Range(0, 210).Select(i => Number(i % 7)), results.Select(r => Document.ParseXml(r.Value.AsString()).Template.Get("N")));
    }

    [Fact]
    public async Task Reading_several_at_once_needs_the_password_as_well()
    {
        IOpenNebulaRpc stranger = Cloud.Connect(Names.New("nobody"), "secret");
        IReadOnlyList<OpenNebulaCallResult> results = await stranger.ReadManyAsync([new("one.user.info", -1), new("one.vm.info", 0)], Token);
        Assert.All(results, r => Assert.Equal(OpenNebulaErrorKind.Authentication, r.Error?.Kind));
    }

    [Fact]
    public async Task List_gives_each_object_that_stays_once_while_others_come_and_go()
    {
        var client = new OpenNebulaClient(One.Rpc, new OpenNebulaClientOptions { PageSize = 3 });
        List<int> ids = [];
        for (int i = 0; i < 14; i++) ids.Add(await NewDocumentAsync(_type));
        HashSet<int> gone = [];
        List<int> seen = [];
        await foreach (Document document in client.Documents.ListAsync(_type, cancellationToken: Token))
        {
            seen.Add(document.Id);
            int above = ids[^(1 + Math.Min(gone.Count, 13))];
            if (gone.Add(above)) await One.Documents.DeleteAsync(above, Token);
            await NewDocumentAsync(_type);
            if (seen.Count > 30) break;
        }

        Assert.Equal(seen.Distinct().OrderDescending(), seen);
        Assert.Empty(ids.Where(id => !gone.Contains(id)).Except(seen));
    }

    [Fact]
    public async Task Server_tells_its_version_its_methods_and_its_configuration()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+$", await One.System.GetVersionAsync(Token));
        IReadOnlyList<string> methods = await One.System.ListMethodsAsync(Token);
        Assert.Contains("one.vm.schedadd", methods);
        Assert.Contains("system.multicall", methods);
        Assert.DoesNotContain("one.market.lock", methods);
        Assert.NotNull((await One.System.GetConfigurationAsync(Token)).Get("API_LIST_ORDER"));
        (_, _, OpenNebulaClient own) = await NewUserAsync();
        Assert.NotNull((await own.System.GetConfigurationAsync(Token)).Get("API_LIST_ORDER"));
        Assert.Equal(await One.System.GetVersionAsync(Token), await own.System.GetVersionAsync(Token));
    }

    [Fact]
    public async Task Cancelled_call_ends_with_the_token_of_the_caller()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => One.Users.GetSelfAsync(cancelled.Token));
        Assert.Equal(cancelled.Token, error.CancellationToken);
    }

    [Fact]
    public async Task Calls_side_by_side_are_all_answered()
    {
        int[] made = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => NewDocumentAsync(_type, Text($"N = {i}"))));
        Assert.Equal(24, made.Distinct().Count());
        Assert.Equal(made.OrderDescending(), (await AllAsync(One.Documents.ListAsync(_type, cancellationToken: Token))).Select(d => d.Id));
    }
}
