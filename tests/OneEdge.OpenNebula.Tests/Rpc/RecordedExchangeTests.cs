using System.Text;
using System.Text.Json;

namespace OneEdge.OpenNebula.Tests.Rpc;

/// <summary>Every exchange that was recorded from a real server.</summary>
public sealed class RecordedExchangeTests
{
    [Fact]
    public void Answer_decodes_to_what_was_recorded()
    {
        int seen = 0;
        Assert.All(RecordedExchange.All().Where(e => e.HasAnswer), exchange =>
        {
            seen++;
            byte[] body = Encoding.UTF8.GetBytes(exchange.ResponseBody);
            RpcAnswer answer = RpcAnswerReader.Read(body, body.Length);
            if (exchange.Decoded.TryGetProperty("fault", out JsonElement fault))
                Assert.Equal(new RpcFault(fault.GetProperty("faultCode").GetInt32(), fault.GetProperty("faultString").GetString()!), answer.Fault);
            else
                AssertSame(exchange.Decoded.GetProperty("result"), answer.Value);
        });
        Assert.NotEqual(0, seen);
    }

    [Fact]
    public void Request_that_we_write_has_the_recorded_values()
    {
        int seen = 0;
        Assert.All(RecordedExchange.All(), exchange =>
        {
            if (exchange.Request() is not { } request) return;
            seen++;
            string written = Encoding.UTF8.GetString(RpcRequestWriter.Write(request.Method, request.Parameters).Span);
            Assert.Equal(
                request, (exchange with { RequestBody = written }).Request()!.Value,
                (a, b) => a.Method == b.Method && a.Parameters.SequenceEqual(b.Parameters));
        });
        Assert.NotEqual(0, seen);
    }

    /// <summary>Over HTTP, as a program makes the call: what the server sees is the recorded request, what the program gets is the recorded answer.</summary>
    [Fact]
    public async Task Call_over_http_gives_the_recorded_value_or_error()
    {
        RecordedExchange current = null!;
        await using LoopbackServer server = LoopbackServer.Start((_, stream, ct) =>
            stream.WriteAsync(LoopbackServer.Http(current.Status, current.ContentType, current.ResponseBody), ct).AsTask());
        foreach (RecordedExchange exchange in RecordedExchange.All())
        {
            // A request that no client of ours can make: no session, or one that is no session.
            if (exchange.Request() is not { } request) continue;
            bool isOfServer = request.Method.StartsWith("system.", StringComparison.Ordinal);
            if (!isOfServer && (request.Parameters is not [{ Kind: RpcValueKind.String }, ..] || request.Parameters[0].AsString().IndexOf(':') <= 0)) continue;
            current = exchange;
            OpenNebulaCredentials? credentials = isOfServer ? null : OpenNebulaCredentials.FromSession(request.Parameters[0].AsString());
            using OpenNebulaConnection connection = server.Connect(credentials: credentials);
            await CheckAsync(exchange, connection, new OpenNebulaCall(request.Method, isOfServer ? request.Parameters : request.Parameters[1..]));
            AssertEquivalent(request, server.Requests[^1], exchange);
        }

        Assert.NotEmpty(server.Requests);
    }

    private static async Task CheckAsync(RecordedExchange exchange, OpenNebulaConnection connection, OpenNebulaCall call)
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        if (exchange.Status != 200)
        {
            var failed = await Assert.ThrowsAsync<OpenNebulaTransportException>(() => connection.CallAsync(call, ct));
            Assert.Equal(exchange.Status, failed.HttpStatus);
            return;
        }

        if (exchange.Decoded.TryGetProperty("fault", out JsonElement fault))
        {
            var error = await Assert.ThrowsAsync<OpenNebulaCallException>(() => connection.CallAsync(call, ct));
            Assert.Equal(fault.GetProperty("faultCode").GetInt32(), error.ServerCode);
            return;
        }

        JsonElement result = exchange.Decoded.GetProperty("result");
        if (call.IsOfServer) AssertSame(result, await connection.CallAsync(call, ct));
        else if (result[0].GetBoolean()) AssertSame(result[1], await connection.CallAsync(call, ct));
        else await CheckRefusalAsync(result, () => connection.CallAsync(call, ct));
    }

    private static async Task CheckRefusalAsync(JsonElement result, Func<Task<RpcValue>> call)
    {
        var error = await Assert.ThrowsAsync<OpenNebulaCallException>(call);
        Assert.Equal(result[2].GetInt32(), error.ServerCode);
        Assert.Equal((OpenNebulaErrorKind)error.ServerCode, error.Kind);
        Assert.Equal(result[1].GetString(), error.ServerMessage);
        if (result[3].GetInt32() >= 0) Assert.Equal(result[3].GetInt32(), error.ObjectId);
        bool namesObject = error.Kind is OpenNebulaErrorKind.NoExists or OpenNebulaErrorKind.Authorization or OpenNebulaErrorKind.Allocate;
        Assert.True(!namesObject || error.ObjectKind is not null, error.ServerMessage);
    }

    private static void AssertEquivalent((string Method, RpcValue[] Parameters) expected, LoopbackRequest sent, RecordedExchange exchange)
    {
        Assert.Equal("POST /RPC2 HTTP/1.1", sent.Line);
        var actual = (exchange with { RequestBody = sent.Body }).Request()!.Value;
        Assert.Equal(expected.Method, actual.Method);
        Assert.Equal(expected.Parameters, actual.Parameters);
    }

    private static void AssertSame(JsonElement expected, RpcValue actual)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), actual.AsString());
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetInt64(), actual.AsInt64());
                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.AsArray().Count);
                foreach ((JsonElement e, RpcValue a) in expected.EnumerateArray().Zip(actual.AsArray())) AssertSame(e, a);
                break;
            case JsonValueKind.Object:
                Assert.Equal(expected.EnumerateObject().Select(p => p.Name), actual.AsStruct().Keys);
                foreach (JsonProperty p in expected.EnumerateObject()) AssertSame(p.Value, actual.AsStruct()[p.Name]);
                break;
            default:
                Assert.Equal(expected.GetBoolean(), actual.AsBoolean());
                break;
        }
    }
}
