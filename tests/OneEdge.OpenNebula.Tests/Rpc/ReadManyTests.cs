namespace OneEdge.OpenNebula.Tests.Rpc;

/// <summary>Several reads in one round trip.</summary>
public sealed class ReadManyTests
{
    private const string Version = "<value><array><data><value><array><data><value><boolean>1</boolean></value><value>6.10.5</value><value><i4>0</i4>"
        + "</value></data></array></value></data></array></value>";
    private const string Missing = "<value><array><data><value><array><data><value><boolean>0</boolean></value><value>[one.vm.info] Error getting virtual "
        + "machine [7].</value><value><i4>1024</i4></value><value><i4>7</i4></value><value><i8>-1</i8></value></data></array></value></data></array></value>";
    private const string Fault = "<value><struct><member><name>faultCode</name><value><i4>-501</i4></value></member><member><name>faultString</name>"
        + "<value>Not enough parameters</value></member></struct></value>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_read_has_its_own_result_in_order()
    {
        await using var server = LoopbackServer.Start(_ => Answers.Wrap(Version + Missing + Fault));
        using OpenNebulaConnection connection = server.Connect();
        IReadOnlyList<OpenNebulaCallResult> results = await connection.ReadManyAsync(
            [new("one.system.version"), new("one.vm.info", 7), new("one.vm.info")], Token);
        Assert.Equal("6.10.5", results[0].Value.AsString());
        Assert.Equal((OpenNebulaErrorKind.NoExists, 7, "one.vm.info"), (results[1].Error!.Kind, results[1].Error!.ObjectId, results[1].Error!.Method));
        Assert.Same(results[1].Error, Assert.Throws<OpenNebulaCallException>(() => results[1].Value));
        Assert.Equal(OpenNebulaErrorKind.WrongParameters, results[2].Error!.Kind);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Many_reads_share_round_trips()
    {
        await using var server = LoopbackServer.Start(
            request => Answers.Wrap(
                string.Concat(Enumerable.Repeat(Version, request.Body.Split("methodName>one.").Length + request.Body.Split("<string>one.").Length - 2))));
        using OpenNebulaConnection connection = server.Connect(o => o.MaxCallsPerBatch = 10);
        IReadOnlyList<OpenNebulaCallResult> results = await connection.ReadManyAsync(
            [.. Enumerable.Range(0, 25).Select(_ => new OpenNebulaCall("one.system.version"))], Token);
        Assert.Equal(25, results.Count);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Nothing_to_read_sends_nothing()
    {
        await using var server = LoopbackServer.Start(_ => "");
        using OpenNebulaConnection connection = server.Connect();
        Assert.Empty(await connection.ReadManyAsync([], Token));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(Version)]
    [InlineData(Version + "<value>6.10.5</value>")]
    public async Task Results_that_do_not_fit_the_reads_are_refused(string results)
    {
        await using var server = LoopbackServer.Start(_ => Answers.Wrap(results));
        using OpenNebulaConnection connection = server.Connect();
        var error = await Assert.ThrowsAsync<OpenNebulaTransportException>(
            () => connection.ReadManyAsync([new("one.system.version"), new("one.system.version")], Token));
        Assert.Equal(OpenNebulaErrorCodes.AnswerInvalid, error.Code);
    }

    [Fact]
    public async Task Change_among_the_reads_is_misuse()
    {
        using var connection = new OpenNebulaConnection(OpenNebulaCredentials.ForUser("a", "b"));
        await Assert.ThrowsAsync<ArgumentException>(() => connection.ReadManyAsync([new("one.vm.info", 1), new("one.vm.rename", 1, "x")], Token));
    }
}
