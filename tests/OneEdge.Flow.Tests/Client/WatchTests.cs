using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OneEdge.Flow.Client;

namespace OneEdge.Flow.Tests.Client;

/// <summary>Watching a service, by events of our server and by looking again and again.</summary>
public sealed class WatchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_without_events_is_looked_at_again_and_again_and_each_change_is_told_once()
    {
        string[] looks =
        [
            Service(1, "DEPLOYING", Role(1), Log((1, "New state: DEPLOYING"))),
            Service(1, "DEPLOYING", Role(1, 7), Log((1, "New state: DEPLOYING"))),
            Service(1, "DEPLOYING", Role(1, 7), Log((1, "New state: DEPLOYING"))),
            Service(2, "RUNNING", Role(2, 7, 8), Log((1, "New state: DEPLOYING"), (9, "New state: RUNNING"))),
            Service(2, "RUNNING", Role(2, 8), Log((9, "New state: RUNNING"), (9, "New state: RUNNING"))),
        ];
        int look = 0;
        var time = new FakeTimeProvider();
        await using var peer = new HttpPeer(request => request.Line.Contains("/events", StringComparison.Ordinal)
            ? HttpPeer.Http(404, "text/html", "<h1>Not Found</h1>")
            : look < looks.Length ? HttpPeer.Http(200, "text/html", looks[look++])
            : HttpPeer.Http(404, "text/html", "[one.document.info] Error getting document [5]."));
        using OneFlowClient client = ClientPeerTests.Connect(peer, time: time);
        List<ServiceNotification> told = await CollectAsync(client, time);
        Assert.Equal(
            [
                "log New state: DEPLOYING", "web Deploying", "Deploying", "web +7", "log New state: RUNNING", "web Running", "web +8", "Running",
                "log New state: RUNNING", "web -7", "gone",
            ],
            told.Select(Text));
        Assert.Single(peer.Requests, request => request.Line.Contains("/events", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Service_that_is_not_there_is_an_error_and_not_gone()
    {
        await using var peer = new HttpPeer(_ => HttpPeer.Http(404, "text/html", "[one.document.info] Error getting document [5]."));
        using OneFlowClient client = ClientPeerTests.Connect(peer);
        var error = await Assert.ThrowsAsync<OneFlowRefusedException>(() => CollectAsync(client, null));
        Assert.Equal(OneFlowRefusal.NotFound, error.Kind);
    }

    [Fact]
    public async Task Server_that_cannot_be_reached_for_a_while_is_waited_for()
    {
        int look = 0;
        var time = new FakeTimeProvider();
        await using var peer = new HttpPeer(request => request.Line.Contains("/events", StringComparison.Ordinal)
            ? HttpPeer.Http(404, "text/html", "<h1>Not Found</h1>")
            : look++ switch
            {
                0 => HttpPeer.Http(200, "text/html", Service(2, "RUNNING", Role(2, 7), "")),
                1 or 2 => HttpPeer.Http(503, "text/html", "<h1>busy</h1>"),
                3 => HttpPeer.Http(200, "text/html", Service(4, "WARNING", Role(4, 7), "")),
                _ => HttpPeer.Http(404, "text/html", "gone"),
            });
        using OneFlowClient client = ClientPeerTests.Connect(peer, time: time);
        Assert.Equal(["web Running", "web +7", "Running", "web Warning", "Warning", "gone"], (await CollectAsync(client, time)).Select(Text));
    }

    [Fact]
    public async Task Events_of_our_server_are_told_as_they_come_and_what_is_known_is_not_told_again()
    {
        await using var peer = new HttpPeer(async (request, stream, ct) =>
        {
            if (!request.Line.Contains("/events", StringComparison.Ordinal))
            {
                string service = Service(1, "DEPLOYING", Role(1, 7), Log((50, "New state: DEPLOYING")));
                await stream.WriteAsync(HttpPeer.Http(200, "application/json", service), ct);
                return;
            }

            await stream.WriteAsync(EventHead(), ct);
            await stream.WriteAsync(Event("snapshot", """{"service":5,"state":"DEPLOYING","roles":[{"name":"web","state":"DEPLOYING","vms":[7,8]}]}"""), ct);
            await stream.WriteAsync(Event("log", """{"service":5,"timestamp":50,"severity":"I","message":"New state: DEPLOYING"}"""), ct);
            await stream.WriteAsync(": still here\n\n"u8.ToArray(), ct);
            await stream.WriteAsync(Event("news_of_a_later_version", "{}"), ct);
            await stream.WriteAsync(Event("vm", """{"service":5,"role":"web","vm":9,"state":"added"}"""), ct);
            await stream.WriteAsync(Event("vm", """{"service":5,"role":"web","vm":9,"state":"running"}"""), ct);
            await stream.WriteAsync(Event("vm", """{"service":5,"role":"web","vm":9,"state":"a_state_of_a_later_version"}"""), ct);
            await stream.WriteAsync(Event("vm", """{"service":5,"role":"web","vm":7,"state":"removed"}"""), ct);
            await stream.WriteAsync(Event("role", """{"service":5,"role":"web","state":"RUNNING"}"""), ct);
            await stream.WriteAsync(Event("log", """{"service":5,"timestamp":51,"severity":"I","message":"New state: RUNNING"}"""), ct);
            await stream.WriteAsync(Event("service", """{"service":5,"state":"RUNNING"}"""), ct);
            await stream.WriteAsync(Event("gone", """{"service":5}"""), ct);
        });
        using OneFlowClient client = ClientPeerTests.Connect(peer);
        Assert.Equal(
            [
                "log New state: DEPLOYING", "web Deploying", "web +7", "Deploying", "web +8", "web +9", "web 9 Running", "web -7", "web Running",
                "log New state: RUNNING", "Running", "gone",
            ],
            (await CollectAsync(client, null)).Select(Text));
        HttpPeerRequest events = Assert.Single(peer.Requests, request => request.Line.Contains("/events", StringComparison.Ordinal));
        Assert.Contains("Last-Event-ID: 50000-0", events.Headers, StringComparison.Ordinal);
        Assert.Contains("Accept: text/event-stream", events.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_that_breaks_is_opened_again_and_nothing_is_told_twice()
    {
        int streams = 0;
        var time = new FakeTimeProvider();
        await using var peer = new HttpPeer(async (request, stream, ct) =>
        {
            if (!request.Line.Contains("/events", StringComparison.Ordinal))
            {
                await stream.WriteAsync(HttpPeer.Http(200, "application/json", Service(2, "RUNNING", Role(2, 7), Log((50, "New state: RUNNING")))), ct);
                return;
            }

            await stream.WriteAsync(EventHead(), ct);
            await stream.WriteAsync(Event("snapshot", """{"service":5,"state":"RUNNING","roles":[{"name":"web","state":"RUNNING","vms":[7]}]}"""), ct);
            if (++streams == 1) throw new IOException("cut");
            await stream.WriteAsync(Event("log", """{"service":5,"timestamp":50,"severity":"I","message":"New state: RUNNING"}"""), ct);
            await stream.WriteAsync(Event("gone", """{"service":5}"""), ct);
        });
        using OneFlowClient client = ClientPeerTests.Connect(peer, time: time);
        Assert.Equal(["log New state: RUNNING", "web Running", "web +7", "Running", "gone"], (await CollectAsync(client, time)).Select(Text));
        Assert.Equal(2, streams);
    }

    [Fact]
    public async Task Stream_that_is_silent_for_too_long_is_opened_again()
    {
        int streams = 0;
        var time = new FakeTimeProvider();
        await using HttpPeer peer = Streaming(async (stream, ct) =>
        {
            if (++streams == 1) await Task.Delay(Timeout.Infinite, ct);
            await stream.WriteAsync(Event("gone", """{"service":5}"""), ct);
        });
        using OneFlowClient client = ClientPeerTests.Connect(peer, o => o.Timeout = TimeSpan.FromSeconds(10), time);
        Assert.Equal(["web Running", "web +7", "Running", "gone"], (await CollectAsync(client, time)).Select(Text));
        Assert.Equal(2, streams);
    }

    [Theory]
    [InlineData("""{"service":5,"state":"NO_SUCH_STATE"}""")]
    [InlineData("""{"service":5}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Event_that_is_not_what_it_says_is_an_error(string data)
    {
        await using HttpPeer peer = Streaming(async (stream, ct) => await stream.WriteAsync(Event("service", data), ct));
        using OneFlowClient client = ClientPeerTests.Connect(peer);
        var error = await Assert.ThrowsAsync<OneFlowTransportException>(() => CollectAsync(client, null));
        Assert.Equal(FlowErrorCodes.ClientAnswerInvalid, error.Code);
    }

    [Fact]
    public async Task Event_without_end_is_not_read_to_its_end()
    {
        await using HttpPeer peer = Streaming(async (stream, ct) =>
        {
            await stream.WriteAsync("data: "u8.ToArray(), ct);
            while (true) await stream.WriteAsync(new byte[1024], ct);
        });
        using OneFlowClient client = ClientPeerTests.Connect(peer, o => o.MaxAnswerBytes = 100_000);
        var error = await Assert.ThrowsAsync<OneFlowTransportException>(() => CollectAsync(client, null));
        Assert.Equal(FlowErrorCodes.ClientAnswerTooLarge, error.Code);
    }

    [Fact]
    public async Task Watching_ends_with_the_token_of_the_caller()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await using HttpPeer peer = Streaming((_, ct) => Task.Delay(Timeout.Infinite, ct));
        using OneFlowClient client = ClientPeerTests.Connect(peer);
        await using IAsyncEnumerator<ServiceNotification> watch = client.Services.WatchAsync(5, stop.Token).GetAsyncEnumerator(stop.Token);
        for (int i = 0; i < 3; i++) Assert.True(await watch.MoveNextAsync());
        ValueTask<bool> next = watch.MoveNextAsync();
        await stop.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        Assert.Equal(stop.Token, error.CancellationToken);
    }

    [Fact]
    public async Task Waiting_ends_with_the_state_that_was_waited_for_or_when_the_service_is_gone()
    {
        int look = 0;
        var time = new FakeTimeProvider();
        await using var peer = new HttpPeer(request => request.Line.Contains("/events", StringComparison.Ordinal)
            ? HttpPeer.Http(404, "text/html", "<h1>Not Found</h1>")
            : look++ % 3 < 2 ? HttpPeer.Http(200, "text/html", Service(look % 3, "", Role(1), "")) : HttpPeer.Http(404, "text/html", "gone"));
        using OneFlowClient client = ClientPeerTests.Connect(peer, time: time);
        Assert.Equal(ServiceState.Running, await ElapseAsync(client.Services.WaitForAsync(5, [ServiceState.Running], Ct), time));
        look = 0;
        Assert.Equal(ServiceState.Done, await ElapseAsync(client.Services.WaitForAsync(5, [ServiceState.Done], Ct), time));
        look = 0;
        var error = await Assert.ThrowsAsync<FlowException>(() => ElapseAsync(client.Services.WaitForAsync(5, [ServiceState.Hold], Ct), time));
        Assert.Equal(FlowErrorCodes.ClientServiceGone, error.Code);
    }

    private static HttpPeer Streaming(Func<System.Net.Sockets.NetworkStream, CancellationToken, Task> events) => new(async (request, stream, ct) =>
    {
        if (!request.Line.Contains("/events", StringComparison.Ordinal))
        {
            await stream.WriteAsync(HttpPeer.Http(200, "application/json", Service(2, "RUNNING", Role(2, 7), "")), ct);
            return;
        }

        await stream.WriteAsync(EventHead(), ct);
        await events(stream, ct);
    });

    private static byte[] EventHead() => "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"u8.ToArray();

    private static byte[] Event(string name, string data) => Encoding.UTF8.GetBytes($"event: {name}\ndata: {data}\n\n");

    private static string Service(int state, string name, string role, string log)
    {
        string body = string.Create(CultureInfo.InvariantCulture, $$"""{"name": "s", "state": {{state}}, "roles": [{{role}}], "log": [{{log}}] }""");
        return $$"""{"DOCUMENT": {"ID": "5", "UID": "0", "GID": "0", "UNAME": "a", "GNAME": "b", "NAME": "s{{name}}", "TEMPLATE": {"BODY": {{body}} } } }""";
    }

    private static string Role(int state, params int[] machines)
    {
        string nodes = string.Join(",", machines.Select(vm => string.Create(CultureInfo.InvariantCulture, $$"""{"deploy_id": {{vm}} }""")));
        return string.Create(
            CultureInfo.InvariantCulture, $$"""{"name": "web", "cardinality": 1, "vm_template": 0, "state": {{state}}, "nodes": [{{nodes}}] }""");
    }

    private static string Log(params (int Time, string Message)[] entries) => string.Join(
        ",", entries.Select(e => string.Create(CultureInfo.InvariantCulture, $$"""{"timestamp": {{e.Time}}, "severity": "I", "message": "{{e.Message}}"}""")));

    private static async Task<List<ServiceNotification>> CollectAsync(OneFlowClient client, FakeTimeProvider? time)
    {
        Task<List<ServiceNotification>> collect = client.Services.WatchAsync(5, Ct).ToListAsync(Ct).AsTask();
        return time is null ? await collect.WaitAsync(HangLimit.Time, Ct) : await ElapseAsync(collect, time);
    }

    private static async Task<T> ElapseAsync<T>(Task<T> task, FakeTimeProvider time)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!task.IsCompleted)
        {
            HangLimit.AssertNotReached(clock);
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(task, Task.Delay(1, Ct));
        }

        return await task;
    }

    private static string Text(ServiceNotification notification) => notification switch
    {
        ServiceStateNotification state => $"{state.State}",
        RoleStateNotification role => $"{role.RoleName} {role.State}",
        VmAddedNotification vm => $"{vm.RoleName} +{vm.VmId}",
        VmRemovedNotification vm => $"{vm.RoleName} -{vm.VmId}",
        VmConditionNotification vm => $"{vm.RoleName} {vm.VmId} {vm.Condition}",
        ServiceLogNotification log => $"log {log.Entry.Message}",
        _ => "gone",
    };
}
