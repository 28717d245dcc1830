using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace OneEdge.OpenNebula.Tests.Rpc;

/// <summary>What a call does when the server, or the way to it, does not.</summary>
public sealed class OpenNebulaConnectionTests
{
    private static readonly OpenNebulaCall Read = new("one.vm.info", 1);
    private static readonly OpenNebulaCall Change = new("one.vm.rename", 1, "name");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int, bool, string> Statuses => new()
    {
        { 404, false, "/RPC2" }, { 405, false, "POST" }, { 400, false, "400" }, { 302, false, "elsewhere" }, { 401, false, "proxy" }, { 500, false, "500" },
        { 503, true, "503" },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Status_that_is_not_200_says_what_it_may_mean(int status, bool isRetrySafe, string hint)
    {
        await using var server = LoopbackServer.Start(
            (_, stream, ct) => stream.WriteAsync(LoopbackServer.Http(status, "text/html", "<HTML><P>no</HTML>"), ct).AsTask());
        using OpenNebulaConnection connection = server.Connect();
        var error = await FailsAsync(connection, Read, OpenNebulaErrorCodes.HttpStatus, isRetrySafe);
        Assert.Equal(status, error.HttpStatus);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Endpoint.ToString(), error.Message, StringComparison.Ordinal);
        await FailsAsync(connection, Change, OpenNebulaErrorCodes.HttpStatus, isRetrySafe: false);
    }

    [Theory]
    [InlineData("<HTML><BODY><P>It works!<P></BODY></HTML>")]
    [InlineData("")]
    [InlineData("{\"json\": true}")]
    [InlineData("<methodResponse><params><param><value>text</value></param></params></methodResponse>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;\">]><methodResponse>&d;</methodResponse>")]
    public async Task Answer_that_is_not_of_open_nebula_is_refused(string body)
    {
        await using var server = LoopbackServer.Start(_ => body);
        using OpenNebulaConnection connection = server.Connect();
        var error = await Assert.ThrowsAsync<OpenNebulaTransportException>(() => connection.CallAsync(Read, Token));
        Assert.Equal(body.Length == 0 ? OpenNebulaErrorCodes.AnswerIncomplete : OpenNebulaErrorCodes.AnswerInvalid, error.Code);
    }

    [Fact]
    public async Task Text_that_is_not_http_is_refused()
    {
        await using var server = LoopbackServer.Start((_, stream, ct) => WriteAndCloseAsync(stream, "220 mail.example ESMTP\r\n\r\n", ct));
        using OpenNebulaConnection connection = server.Connect();
        await FailsAsync(connection, Read, OpenNebulaErrorCodes.AnswerInvalid, isRetrySafe: false);
    }

    [Fact]
    public async Task Refused_connection_never_reached_the_server_and_may_be_tried_again()
    {
        LoopbackServer server = LoopbackServer.Start(_ => "");
        using OpenNebulaConnection connection = server.Connect();
        await server.DisposeAsync();
        await FailsAsync(connection, Change, OpenNebulaErrorCodes.Unreachable, isRetrySafe: true);
    }

    [Fact]
    public async Task Connection_that_closes_or_resets_before_an_answer_is_lost()
    {
        foreach (bool reset in new[] { false, true })
        {
            await using var server = LoopbackServer.Start((_, stream, _) =>
            {
                if (reset) stream.Socket.Close(0);
                throw new IOException();
            });
            using OpenNebulaConnection connection = server.Connect();
            await FailsAsync(connection, Read, OpenNebulaErrorCodes.ConnectionLost, isRetrySafe: true);
            await FailsAsync(connection, Change, OpenNebulaErrorCodes.ConnectionLost, isRetrySafe: false);
        }
    }

    [Fact]
    public async Task Change_is_sent_once_when_a_used_connection_closes_without_an_answer()
    {
        int calls = 0;
        await using var server = LoopbackServer.Start((_, stream, ct) => Interlocked.Increment(ref calls) == 1
            ? stream.WriteAsync(LoopbackServer.Http(200, "text/xml", Answers.Done("<i4>1</i4>")), ct).AsTask()
            : throw new IOException());
        using OpenNebulaConnection connection = server.Connect();
        await connection.CallAsync(Change, Token);
        await FailsAsync(connection, Change, OpenNebulaErrorCodes.ConnectionLost, isRetrySafe: false);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Answer_that_ends_at_any_byte_is_incomplete()
    {
        byte[] whole = LoopbackServer.Http(200, "text/xml", Answers.Done("<string>&lt;VM&gt;é&lt;/VM&gt;</string>"));
        int head = whole.AsSpan().IndexOf("\r\n\r\n"u8) + 4, length = head;
        await using var server = LoopbackServer.Start(async (_, stream, ct) =>
        {
            await stream.WriteAsync(whole.AsMemory(0, length), ct);
            throw new IOException();
        });
        using OpenNebulaConnection connection = server.Connect();
        for (; length < whole.Length; length++) await FailsAsync(connection, Read, OpenNebulaErrorCodes.AnswerIncomplete, isRetrySafe: true);
    }

    [Fact]
    public async Task Answer_without_a_length_is_read_to_its_end_and_truncated_xml_is_incomplete()
    {
        string body = Answers.Done("<string>x</string>");
        await using var server = LoopbackServer.Start((_, stream, ct) => WriteAndCloseAsync(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body, ct));
        using OpenNebulaConnection connection = server.Connect();
        Assert.Equal("x", (await connection.CallAsync(Read, Token)).AsString());
        body = body[..^30];
        await FailsAsync(connection, Read, OpenNebulaErrorCodes.AnswerIncomplete, isRetrySafe: true);
    }

    [Theory]
    [InlineData("Content-Length: 1073741824")]
    [InlineData("Connection: close")]
    public async Task Answer_of_a_gibibyte_is_refused_without_reading_it(string header)
    {
        const int limit = 1 << 20;
        long sent = 0;
        await using var server = LoopbackServer.Start(async (_, stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{header}\r\n\r\n"), ct);
            var block = new byte[64 << 10];
            for (; sent < 1L << 30; sent += block.Length) await stream.WriteAsync(block, ct);
        });
        using OpenNebulaConnection connection = server.Connect(o => o.MaxAnswerBytes = limit);
        var error = await FailsAsync(connection, Read, OpenNebulaErrorCodes.AnswerTooLarge, isRetrySafe: false);
        Assert.Contains("1048576", error.Message, StringComparison.Ordinal);
        Assert.InRange(sent, 0, 64L << 20);
    }

    [Fact]
    public async Task Slow_answer_ends_at_the_time_limit()
    {
        var time = new FakeTimeProvider();
        var arrived = new TaskCompletionSource();
        await using var server = LoopbackServer.Start(async (_, stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<?xml"u8.ToArray(), ct);
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
        });
        using OpenNebulaConnection connection = server.Connect(o => o.Timeout = TimeSpan.FromSeconds(7), time);
        Task<RpcValue> call = connection.CallAsync(Read, Token);
        await arrived.Task;
        time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));
        var error = await Assert.ThrowsAsync<OpenNebulaTransportException>(() => call);
        Assert.Equal((OpenNebulaErrorCodes.Timeout, true), (error.Code, error.IsRetrySafe));
        Assert.Contains("7 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_call_ends_with_the_token_of_the_caller()
    {
        var arrived = new TaskCompletionSource();
        await using var server = LoopbackServer.Start((_, _, ct) =>
        {
            arrived.TrySetResult();
            return Task.Delay(Timeout.Infinite, ct);
        });
        using OpenNebulaConnection connection = server.Connect(o => o.ReadRetries = 3);
        using var cancellation = new CancellationTokenSource();
        Task<RpcValue> call = connection.CallAsync(Read, cancellation.Token);
        await arrived.Task;
        await cancellation.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, error.CancellationToken);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Sixteenth_call_waits_for_its_turn_and_its_time_starts_then()
    {
        var time = new FakeTimeProvider();
        using var arrived = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        await using var server = LoopbackServer.Start(async (request, stream, ct) =>
        {
            arrived.Release();
            await go.WaitAsync(ct);
            await stream.WriteAsync(LoopbackServer.Http(200, "text/xml", Answers.Done("<i4>1</i4>")), ct);
        });
        using OpenNebulaConnection connection = server.Connect(o => o.Timeout = TimeSpan.FromSeconds(10), time);
        Task<RpcValue>[] calls = [.. Enumerable.Range(0, 15).Select(_ => connection.CallAsync(Read, Token))];
        for (int i = 0; i < 15; i++) await arrived.WaitAsync(Token);
        Task<RpcValue>[] later = [connection.CallAsync("one.vm.info", [100], Token), connection.CallAsync("one.vm.info", [101], Token)];
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(15, server.Requests.Count);

        go.Release();
        await arrived.WaitAsync(Token);
        Assert.Contains("<i4>100</i4>", server.Requests[15].Body, StringComparison.Ordinal);
        go.Release(14);
        await Task.WhenAll(calls);
        time.Advance(TimeSpan.FromSeconds(9));
        go.Release(2);
        await Task.WhenAll(later);
        Assert.Equal(17, server.Requests.Count);
    }

    [Fact]
    public async Task Waiting_call_can_be_cancelled_and_leaves_its_place()
    {
        var arrived = new TaskCompletionSource();
        using var go = new SemaphoreSlim(0);
        await using var server = LoopbackServer.Start(async (_, stream, ct) =>
        {
            arrived.TrySetResult();
            await go.WaitAsync(ct);
            await stream.WriteAsync(LoopbackServer.Http(200, "text/xml", Answers.Done("<i4>1</i4>")), ct);
        });
        using OpenNebulaConnection connection = server.Connect(o => o.MaxConcurrentCalls = 1);
        Task<RpcValue> first = connection.CallAsync(Read, Token);
        await arrived.Task;
        using var cancellation = new CancellationTokenSource();
        Task<RpcValue> second = connection.CallAsync(Read, cancellation.Token), third = connection.CallAsync(Read, Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        go.Release(2);
        Assert.Equal((1, 1), ((await first).AsInt32(), (await third).AsInt32()));
    }

    [Fact]
    public async Task Read_is_sent_again_when_the_failure_may_pass_and_a_change_is_not()
    {
        int left = 2;
        await using var server = LoopbackServer.Start((_, stream, ct) => Interlocked.Decrement(ref left) >= 0
            ? throw new IOException()
            : stream.WriteAsync(LoopbackServer.Http(200, "text/xml", Answers.Done("<i4>1</i4>")), ct).AsTask());
        using OpenNebulaConnection connection = server.Connect(o => (o.ReadRetries, o.RetryDelay, o.Jitter) = (2, TimeSpan.FromMilliseconds(1), () => 0.5));
        Assert.Equal(1, (await connection.CallAsync(Read, Token)).AsInt32());
        Assert.Equal(3, server.Requests.Count);

        left = 2;
        await FailsAsync(connection, Change, OpenNebulaErrorCodes.ConnectionLost, isRetrySafe: false);
        Assert.Equal(4, server.Requests.Count);

        left = 5;
        await FailsAsync(connection, Read, OpenNebulaErrorCodes.ConnectionLost, isRetrySafe: true);
        Assert.Equal(7, server.Requests.Count);
    }

    [Fact]
    public async Task Retries_wait_on_the_clock_that_was_given()
    {
        var time = new FakeTimeProvider();
        await using var server = LoopbackServer.Start((_, _, _) => throw new IOException());
        using OpenNebulaConnection connection = server.Connect(
            o => (o.ReadRetries, o.RetryDelay, o.Timeout) = (3, TimeSpan.FromHours(1), TimeSpan.FromDays(20)), time);
        Task<RpcValue> call = connection.CallAsync(Read, Token);
        // A step wakes a retry or finds it not yet asleep; then the next one does. The server gets time to answer before the clock has gone too far.
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(1, Token);
        }

        await Assert.ThrowsAsync<OpenNebulaTransportException>(() => call);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Refusal_is_not_tried_again()
    {
        await using var server = LoopbackServer.Start(_ => Answers.Refused("[one.vm.info] Error getting virtual machine [7].", 1024, 7));
        using OpenNebulaConnection connection = server.Connect(o => o.ReadRetries = 5);
        var error = await Assert.ThrowsAsync<OpenNebulaCallException>(() => connection.CallAsync(Read, Token));
        Assert.Equal(
            (OpenNebulaErrorKind.NoExists, OpenNebulaErrorCodes.NoExists, OpenNebulaObjectKind.VirtualMachine, 7),
            (error.Kind, error.Code, error.ObjectKind, error.ObjectId));
        Assert.Equal("one.vm.info: Error getting virtual machine [7].", error.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Call_after_the_end_of_the_connection_is_misuse()
    {
        var connection = new OpenNebulaConnection(OpenNebulaCredentials.ForUser("a", "b"));
        connection.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => connection.CallAsync(Change, Token));
    }

    [Fact]
    public async Task Calls_that_run_and_wait_end_with_the_connection()
    {
        var arrived = new TaskCompletionSource();
        await using var server = LoopbackServer.Start((_, _, ct) =>
        {
            arrived.TrySetResult();
            return Task.Delay(Timeout.Infinite, ct);
        });
        OpenNebulaConnection connection = server.Connect(o => (o.MaxConcurrentCalls, o.ReadRetries) = (1, 2));
        Task<RpcValue> running = connection.CallAsync(Read, Token);
        await arrived.Task;
        Task<RpcValue> waiting = connection.CallAsync(Read, Token);
        Assert.False(waiting.IsCompleted);
        connection.Dispose();
        connection.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    [Fact]
    public void Option_out_of_its_range_is_misuse()
    {
        Action<OpenNebulaConnectionOptions>[] wrong =
        [
            o => o.MaxConcurrentCalls = 0, o => o.Timeout = TimeSpan.Zero, o => o.Timeout = TimeSpan.MaxValue, o => o.MaxAnswerBytes = 0,
            o => o.MaxAnswerBytes = int.MaxValue, o => o.ReadRetries = -1, o => o.RetryDelay = TimeSpan.FromDays(2), o => o.MaxCallsPerBatch = 0,
        ];
        Assert.All(wrong, change =>
        {
            var options = new OpenNebulaConnectionOptions();
            change(options);
            Assert.Throws<ArgumentException>(() => new OpenNebulaConnection(OpenNebulaCredentials.ForUser("a", "b"), options));
        });
    }

    private static async Task WriteAndCloseAsync(NetworkStream stream, string text, CancellationToken ct)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        throw new IOException();
    }

    private static async Task<OpenNebulaTransportException> FailsAsync(OpenNebulaConnection connection, OpenNebulaCall call, string code, bool isRetrySafe)
    {
        var error = await Assert.ThrowsAsync<OpenNebulaTransportException>(() => connection.CallAsync(call, Token));
        Assert.Equal((code, isRetrySafe, call.Method), (error.Code, error.IsRetrySafe, error.Method));
        return error;
    }
}
