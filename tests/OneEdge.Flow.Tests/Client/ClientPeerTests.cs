using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OneEdge.Flow.Client;

namespace OneEdge.Flow.Tests.Client;

/// <summary>The client against peers that are broken, hostile, slow, or no OneFlow servers.</summary>
public sealed class ClientPeerTests
{
    private const string EmptyPool = """{"DOCUMENT_POOL": {}}""";

    public static TheoryData<string, string, string> StrangeAnswers => new()
    {
        { "a page", "text/html", "<html><body>It works!</body></html>" },
        { "nothing", "text/html", "" },
        { "a text", "text/plain", "OK" },
        { "half of an answer", "application/json", """{"DOCUMENT_POOL": {"DOCUMENT": [""" },
        { "another object", "application/json", """{"error": 0}""" },
        { "a list", "application/json", "[]" },
        { "a pool that is a number", "application/json", """{"DOCUMENT_POOL": 1}""" },
        { "documents that are a text", "application/json", """{"DOCUMENT_POOL": {"DOCUMENT": "x"}}""" },
        { "a document that is a number", "application/json", """{"DOCUMENT_POOL": {"DOCUMENT": [1]}}""" },
        { "a document without an id", "application/json", """{"DOCUMENT_POOL": {"DOCUMENT": [{"NAME": "a", "TEMPLATE": {"BODY": {}}}]}}""" },
        { "a document without a body", "application/json", """{"DOCUMENT_POOL": {"DOCUMENT": [{"ID": "1", "TEMPLATE": {}}]}}""" },
        { "a body that is a list", "application/json", """{"DOCUMENT_POOL": {"DOCUMENT": [{"ID": "1", "TEMPLATE": {"BODY": []}}]}}""" },
        { "half a letter", "application/json", """{"DOCUMENT_POOL": {"DOCUMENT": [{"ID": "1", "NAME": "\ud800", "TEMPLATE": {"BODY": {}}}]}}""" },
        { "a tower", "application/json", $"{{\"DOCUMENT_POOL\": {new string('[', 10_000)}" },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(StrangeAnswers))]
    public async Task Answer_that_is_not_one_of_OneFlow_is_an_error_that_says_so(string what, string type, string body)
    {
        await using var peer = new HttpPeer(_ => HttpPeer.Http(200, type, body));
        using OneFlowClient client = Connect(peer);
        var error = await Assert.ThrowsAsync<OneFlowTransportException>(() => client.Services.ListAsync(Ct));
        Assert.True(error.Code == FlowErrorCodes.ClientAnswerInvalid, $"{what}: {error.Message}");
        Assert.StartsWith($"list services at {peer.Address}: ", error.Message, StringComparison.Ordinal);
        Assert.False(error.IsRetrySafe);
    }

    [Fact]
    public async Task Server_that_does_not_listen_is_unreachable_and_the_message_names_its_address_and_not_the_password()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        int port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        using var client = new OneFlowClient(
            OneFlowCredentials.ForUser("alice", "very-secret"),
            new OneFlowClientOptions { Endpoint = OneFlowEndpoint.Parse($"http://127.0.0.1:{port}"), ReadRetries = 0 });
        var error = await Assert.ThrowsAsync<OneFlowTransportException>(() => client.Services.ScaleAsync(3, "web", 2, cancellationToken: Ct));
        Assert.Equal(FlowErrorCodes.ClientUnreachable, error.Code);
        Assert.True(error.IsRetrySafe);
        Assert.Equal(3, error.ObjectId);
        Assert.Contains($"scale role 'web' of service 3 at http://127.0.0.1:{port}:", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_that_is_cut_before_an_answer_is_tried_again_for_reads_and_never_for_changes()
    {
        await using var peer = new HttpPeer((_, _, _) => throw new IOException("cut"));
        using OneFlowClient client = Connect(peer, o => (o.ReadRetries, o.RetryDelay) = (2, TimeSpan.Zero));
        var read = await Assert.ThrowsAsync<OneFlowTransportException>(() => client.Services.GetAsync(1, Ct));
        Assert.Equal((FlowErrorCodes.ClientConnectionLost, true), (read.Code, read.IsRetrySafe));

        // The handler of .NET sends them again, too.
        int reads = peer.Requests.Count;
        Assert.True(reads >= 3, $"{reads}");
        Func<Task>[] changes =
        [
            () => client.Services.UndeployAsync(1, Ct), () => client.Services.ReleaseAsync(1, Ct), () => client.Services.PurgeDoneAsync(Ct),
            () => client.Templates.DeleteAsync(1, cancellationToken: Ct), () => client.Templates.CreateAsync("{}", Ct),
        ];
        foreach (Func<Task> make in changes)
        {
            var change = await Assert.ThrowsAsync<OneFlowTransportException>(make);
            Assert.Equal((FlowErrorCodes.ClientConnectionLost, false), (change.Code, change.IsRetrySafe));
        }

        Assert.Equal(reads + changes.Length, peer.Requests.Count);
    }

    [Fact]
    public async Task Answer_that_ends_too_early_is_incomplete()
    {
        await using var peer = new HttpPeer(async (_, stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"DOCUMENT"u8.ToArray(), ct);
            throw new IOException("cut");
        });
        using OneFlowClient client = Connect(peer);
        var error = await Assert.ThrowsAsync<OneFlowTransportException>(() => client.Services.ListAsync(Ct));
        Assert.Equal(FlowErrorCodes.ClientAnswerIncomplete, error.Code);
    }

    [Fact]
    public async Task Read_that_fails_once_succeeds_the_second_time()
    {
        int calls = 0;
        await using var peer = new HttpPeer(_ => ++calls == 1 ? HttpPeer.Http(503, "text/html", "<h1>busy</h1>") : HttpPeer.Http(200, "text/html", EmptyPool));
        using OneFlowClient client = Connect(peer, o => (o.ReadRetries, o.RetryDelay) = (1, TimeSpan.Zero));
        Assert.Empty(await client.Templates.ListAsync(Ct));
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Server_that_does_not_answer_in_time_is_not_asked_again()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        await using var peer = new HttpPeer(async (_, _, ct) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
        });
        using OneFlowClient client = Connect(peer, o => (o.Timeout, o.ReadRetries) = (TimeSpan.FromSeconds(7), 2), time);
        Task<IReadOnlyList<OneFlowService>> call = client.Services.ListAsync(Ct);
        await asked.Task.WaitAsync(HangLimit.Time, Ct);
        time.Advance(TimeSpan.FromSeconds(8));
        var error = await Assert.ThrowsAsync<OneFlowTransportException>(() => call);
        Assert.Equal(FlowErrorCodes.ClientTimeout, error.Code);
        Assert.Contains("no answer within 7 s", error.Message, StringComparison.Ordinal);
        Assert.Single(peer.Requests);
    }

    [Fact]
    public async Task Call_that_is_cancelled_ends_with_the_token_of_the_caller()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using var peer = new HttpPeer(async (_, _, ct) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, ct);
        });
        using OneFlowClient client = Connect(peer);
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Services.ListAsync(stop.Token));
        Assert.Equal(stop.Token, error.CancellationToken);
    }

    [Fact]
    public async Task Call_of_a_client_that_is_disposed_of_ends()
    {
        OneFlowClient? client = null;
        await using var peer = new HttpPeer(async (_, _, ct) =>
        {
            client!.Dispose();
            await Task.Delay(Timeout.Infinite, ct);
        });
        client = Connect(peer);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.Services.ListAsync(Ct));
    }

    [Theory]
    [InlineData("Content-Length: 100000000\r\n\r\n")]
    [InlineData("Connection: close\r\n\r\n")]
    public async Task Answer_that_is_larger_than_allowed_is_not_read_to_its_end(string head)
    {
        await using var peer = new HttpPeer(async (_, stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{head}"), ct);
            while (true) await stream.WriteAsync(new byte[1024], ct);
        });
        using OneFlowClient client = Connect(peer, o => o.MaxAnswerBytes = 10_000);
        var error = await Assert.ThrowsAsync<OneFlowTransportException>(() => client.Services.ListAsync(Ct));
        Assert.Equal(FlowErrorCodes.ClientAnswerTooLarge, error.Code);
    }

    [Theory]
    [InlineData(302, "", FlowErrorCodes.ClientHttpStatus)]
    [InlineData(401, "<html>proxy</html>", FlowErrorCodes.ClientHttpStatus)]
    [InlineData(502, "bad gateway", FlowErrorCodes.ClientHttpStatus)]
    [InlineData(500, "<h1>Internal Server Error</h1>", FlowErrorCodes.ClientHttpStatus)]
    [InlineData(404, "<h1>Not Found</h1>", FlowErrorCodes.ClientNoOperation)]
    [InlineData(405, "This path takes GET.", FlowErrorCodes.ClientNoOperation)]
    [InlineData(401, "Invalid credentials", FlowErrorCodes.ClientAuthentication)]
    [InlineData(403, "User couldn't be authenticated, aborting call.", FlowErrorCodes.ClientAuthentication)]
    [InlineData(409, "Service cannot be scaled in state: HOLD", FlowErrorCodes.ClientWrongState)]
    [InlineData(409, "NAME is already taken by SERVICE 3.", FlowErrorCodes.ClientConflict)]
    [InlineData(409, "Immutable value: `service/state` can not be changed", FlowErrorCodes.ClientRefusedInvalid)]
    [InlineData(422, "KEY: 'roles' is required;", FlowErrorCodes.ClientRefusedInvalid)]
    [InlineData(500, """{"message":"Internal server error","reason":"x"}""", FlowErrorCodes.ClientServerFault)]
    [InlineData(500, "{ no JSON", FlowErrorCodes.ClientRefused)]
    [InlineData(500, "", FlowErrorCodes.ClientRefused)]
    public async Task Status_and_text_of_a_refusal_tell_what_it_means(int status, string text, string code)
    {
        await using var peer = new HttpPeer(_ => HttpPeer.Http(status, "text/html", text));
        using OneFlowClient client = Connect(peer);
        var error = await Assert.ThrowsAnyAsync<OneFlowException>(() => client.Services.ReleaseAsync(5, Ct));
        Assert.Equal((code, status, 5, "POST /service/5/action"), (error.Code, error.HttpStatus, error.ObjectId, error.Request));
    }

    [Fact]
    public async Task Error_of_our_server_keeps_its_code()
    {
        await using var peer = new HttpPeer(_ => Encoding.ASCII.GetBytes("HTTP/1.1 409 C\r\nOneEdge-Error: OEF0303\r\nContent-Length: 1\r\n\r\nx"));
        using OneFlowClient client = Connect(peer);
        var error = await Assert.ThrowsAsync<OneFlowRefusedException>(() => client.Services.ReleaseAsync(5, Ct));
        Assert.Equal("OEF0303", error.ServerCode);
    }

    [Fact]
    public async Task Text_of_a_server_that_repeats_the_credentials_or_is_endless_shows_neither()
    {
        string basic = Convert.ToBase64String("alice:s3cret\"&<pass>"u8);
        string[] texts = ["for alice:s3cret\"&<pass>", "for s3cret\\u0022\\u0026\\u003Cpass\\u003E", $"Basic {basic}", "for s3cret&quot;&amp;&lt;pass&gt;"];
        await using var peer = new HttpPeer(request =>
            HttpPeer.Http(500, "text/html", $"{texts[request.Line.Split('/')[2][0] - '0']} {new string('x', 20_000)}"));
        for (int i = 0; i < texts.Length; i++)
        {
            using OneFlowClient client = Connect(peer, secret: "s3cret\"&<pass>");
            var error = await Assert.ThrowsAsync<OneFlowRefusedException>(() => client.Services.ReleaseAsync(i, Ct));
            Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(basic, error.ToString(), StringComparison.Ordinal);
            Assert.True(error.ServerMessage.Length < 10_100);
        }
    }

    [Fact]
    public async Task Path_of_the_address_comes_before_that_of_the_operation_and_names_are_escaped()
    {
        await using var peer = new HttpPeer(_ => HttpPeer.Http(204, "text/html", ""));
        using var client = new OneFlowClient(
            OneFlowCredentials.ForUser("alice", "secret"), new OneFlowClientOptions { Endpoint = OneFlowEndpoint.Parse(peer.Address + "/flow/") });
        await client.Services.RemoveScheduledActionAsync(5, 2, "a b/../c", Ct);
        Assert.Equal("DELETE /flow/service/5/role/a%20b%2F..%2Fc/sched_action/2 HTTP/1.1", Assert.Single(peer.Requests).Line);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Role_that_is_no_object_is_not_sent(string role)
    {
        await using var peer = new HttpPeer(_ => HttpPeer.Http(204, "text/html", ""));
        using OneFlowClient client = Connect(peer);
        var error = await Assert.ThrowsAsync<FlowException>(() => client.Services.AddRoleAsync(5, role, Ct));
        Assert.Equal(FlowErrorCodes.ClientRequestInvalid, error.Code);
        Assert.Empty(peer.Requests);
    }

    [Fact]
    public async Task Service_whose_body_cannot_be_read_does_not_hide_the_others()
    {
        const string pool = """
            {"DOCUMENT_POOL": {"DOCUMENT": [
              {"ID": "1", "NAME": "odd", "TEMPLATE": {"BODY": {"name": "odd", "state": 2, "roles": [{"cardinality": 1}]}}},
              {"ID": 2, "NAME": "well", "UID": "3", "TEMPLATE": {"BODY": "{\"name\": \"well\", \"state\": \"2\", \"roles\": []}"}}]}}
            """;
        await using var peer = new HttpPeer(_ => HttpPeer.Http(200, "text/html", pool));
        using OneFlowClient client = Connect(peer);
        IReadOnlyList<OneFlowService> services = await client.Services.ListAsync(Ct);
        Assert.Equal([ServiceState.Running, ServiceState.Running], services.Select(s => s.State));
        Assert.Equal([true, false], services.Select(s => s.Service is null));
        Assert.NotNull(services[0].Problem);
        Assert.Equal(3, services[1].Owner.UserId);
    }

    internal static OneFlowClient Connect(
        HttpPeer peer, Action<OneFlowClientOptions>? configure = null, TimeProvider? time = null, string secret = "secret")
    {
        var options = new OneFlowClientOptions { Endpoint = OneFlowEndpoint.Parse(peer.Address), ReadRetries = 0 };
        configure?.Invoke(options);
        return new OneFlowClient(OneFlowCredentials.ForUser("alice", secret), options, time);
    }
}
