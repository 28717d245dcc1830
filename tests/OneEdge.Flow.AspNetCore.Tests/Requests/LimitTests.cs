using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OneEdge.Flow.AspNetCore.Tests;

public sealed class LimitTests
{
    public static TheoryData<string, string> Paths => new()
    {
        { "POST", "/service_template" },
        { "PUT", "/service_template/1" },
        { "POST", "/service_template/1/action" },
        { "PUT", "/service/1" },
        { "POST", "/service/1/action" },
        { "POST", "/service/1/scale" },
        { "POST", "/service/1/role_action" },
        { "POST", "/service/1/role/web/action" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Body_that_is_too_large_is_refused(string verb, string path)
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(o => o.MaxRequestBodyBytes = 1000);
        Assert.Equal(1, await world.CreateTemplateAsync());
        Reply reply = await world.SendAsync(verb, path, FlowServerWorld.Alice, $$"""{"name":"{{new string('x', 1000)}}"}""");
        Assert.Equal(413, reply.Status);
        Assert.Equal(FlowServerErrorCodes.BodyTooLarge, reply.ErrorCode);
    }

    [Fact]
    public async Task Body_of_unknown_length_is_read_up_to_the_limit()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(o => o.MaxRequestBodyBytes = 1000);
        using HttpRequestMessage message = FlowServerWorld.Message("POST", "/service_template", FlowServerWorld.Alice, new string('x', 100_000));
        message.Headers.TransferEncodingChunked = true;
        Reply reply = await world.SendAsync(message);
        Assert.Equal(413, reply.Status);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Body_that_is_no_object_of_JSON_is_refused(string verb, string path)
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        await world.CreateTemplateAsync();
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);
        foreach (string body in (string[])["", "x", "{", "[]", "null", "3", "\"x\"", "{\"a\":1}}", "{\"a\":\"\\ud800\"}", deep,
            "{\"action\":{\"perform\":\"\\ud800\"}}", "\uFEFF{}"])
        {
            Reply reply = await world.SendAsync(verb, path, FlowServerWorld.Alice, body);
            // Where nothing is wrong with the text itself, there is no such service.
            Assert.True(reply.Status is 400 or 404, $"{body}: {reply.Status} {reply.Text}");
            Assert.NotEqual("", reply.Text);
            if (body is "" or "x" or "{" || body == deep) Assert.Equal(400, reply.Status);
        }
    }

    [Fact]
    public async Task Body_that_is_not_UTF8_is_refused()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        foreach (string path in (string[])["/service_template", "/service/0/action"])
        {
            using HttpRequestMessage message = FlowServerWorld.Message("POST", path, FlowServerWorld.Alice);
            message.Content = new ByteArrayContent([.. "{\"name\":\""u8, 0xFF, 0xFE, .. "\"}"u8]);
            Assert.Equal(400, (await world.SendAsync(message)).Status);
        }
    }

    [Theory]
    [InlineData("""{"role_name":"web"}""", 400)]
    [InlineData("""{"role_name":"web","cardinality":null}""", 400)]
    [InlineData("""{"role_name":"web","cardinality":"many"}""", 400)]
    [InlineData("""{"role_name":"web","cardinality":1.5}""", 400)]
    [InlineData("""{"role_name":"web","cardinality":99999999999}""", 400)]
    [InlineData("""{"role_name":"web","cardinality":-1,"force":true}""", 400)]
    [InlineData("""{"role_name":"web","cardinality":2,"force":"perhaps"}""", 400)]
    [InlineData("""{"role_name":["web"],"cardinality":2}""", 400)]
    [InlineData("""{"role_name":"web","cardinality":9}""", 400)]
    [InlineData("""{"role_name":"other","cardinality":2}""", 404)]
    [InlineData("""{"role_name":"web","cardinality":1}""", 409)]
    [InlineData("""{"role_name":"web","cardinality":"2","force":"false"}""", 204)]
    [InlineData("""{"role_name":"web","cardinality":9,"force":true}""", 204)]
    public async Task Scaling_says_what_is_wrong_with_it(string body, int status)
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        Reply reply = await world.SendAsync("POST", $"/service/{id}/scale", FlowServerWorld.Alice, body);
        Assert.True(reply.Status == status, $"{reply.Status} {reply.Text}");
    }

    [Fact]
    public async Task Methods_that_a_path_has_not_are_told()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        Reply reply = await world.SendAsync("PATCH", "/service/0", FlowServerWorld.Alice);
        Assert.Equal(405, reply.Status);
        Assert.Equal("DELETE, GET, HEAD, OPTIONS, PUT", reply.Header("Allow"));
        Reply options = await world.SendAsync("OPTIONS", "/service_template");
        Assert.Equal(204, options.Status);
        Assert.Equal("GET, HEAD, OPTIONS, POST", options.Header("Allow"));
    }

    [Fact]
    public async Task Role_is_not_changed_through_its_path_as_in_old_versions()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        Assert.Equal(404, (await world.SendAsync("PUT", "/service/0/role/web", FlowServerWorld.Alice, "{}")).Status);
    }

    [Fact]
    public async Task Head_has_the_headers_of_get_and_no_body()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        foreach (string path in (string[])["/service", $"/service/{id}", "/openapi.json", "/health/live"])
        {
            Reply get = await world.SendAsync("GET", path, FlowServerWorld.Alice);
            Reply head = await world.SendAsync("HEAD", path, FlowServerWorld.Alice);
            Assert.Equal((200, "", get.ContentType, get.Response.Content.Headers.ContentLength),
                (head.Status, head.Text, head.ContentType, head.Response.Content.Headers.ContentLength));
        }

        Reply events = await world.SendAsync("HEAD", $"/service/{id}/events", FlowServerWorld.Alice);
        Assert.Equal((200, "text/event-stream"), (events.Status, events.ContentType));
    }

    [Fact]
    public async Task Json_is_called_so_for_those_who_ask_for_it()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        using HttpRequestMessage message = FlowServerWorld.Message("GET", "/service", FlowServerWorld.Alice);
        message.Headers.Accept.ParseAdd("application/json, text/plain, */*");
        Assert.Equal("application/json", (await world.SendAsync(message)).ContentType);
        using HttpRequestMessage any = FlowServerWorld.Message("GET", "/service", FlowServerWorld.Alice);
        any.Headers.Accept.ParseAdd("*/*");
        Assert.Equal("text/html; charset=utf-8", (await world.SendAsync(any)).ContentType?.Replace(";charset", "; charset"));
    }

    [Fact]
    public async Task Text_that_others_wrote_runs_in_no_browser()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        Reply reply = await world.ActAsync($"/service/{id}/role/%3Cscript%3E/action", "poweroff");
        Assert.Equal(404, reply.Status);
        Assert.Contains("<script>", reply.Text, StringComparison.Ordinal);
        Assert.Contains("sandbox", reply.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", reply.Header("X-Content-Type-Options"));
    }

    [Fact]
    public async Task Failure_of_its_own_tells_no_details()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(o => o.Connect = _ => throw new InvalidTimeZoneException("inner workings"));
        Reply reply = await world.SendAsync("GET", "/service", FlowServerWorld.Alice);
        Assert.Equal(500, reply.Status);
        Assert.Equal("Internal server error", reply.Json.GetProperty("message").GetString());
        Assert.DoesNotContain("inner workings", reply.Text, StringComparison.Ordinal);
        Assert.Contains(world.Logged, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("inner workings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Engine_that_does_not_work_is_told_as_passing()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(starts: false);
        int template = await world.CreateTemplateAsync();
        Reply reply = await world.ActAsync($"/service_template/{template}/action", "instantiate");
        Assert.Equal(503, reply.Status);
        Assert.Equal(FlowErrorCodes.EngineInactive, reply.ErrorCode);
        Assert.NotNull(reply.Header("Retry-After"));
    }

    [Fact]
    public async Task Client_that_goes_in_the_middle_of_its_body_leaves_nothing_behind()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, world.Http.BaseAddress!.Port, FlowServerWorld.Ct);
            string head = $"POST /service_template HTTP/1.1\r\nHost: x\r\nAuthorization: {FlowServerWorld.Basic(FlowServerWorld.Alice)}\r\n"
                + "Content-Length: 1000\r\n\r\n{\"name\":";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), FlowServerWorld.Ct);
            await FlowServerWorld.UntilAsync(() => world.Server.Callers.Count == 1);
        }

        Assert.Equal("", (await world.SendAsync("GET", "/service_template", FlowServerWorld.Alice)).Json.GetProperty("DOCUMENT_POOL").GetRawText().Trim('{',
            '}', '\n', ' '));
        Assert.DoesNotContain(world.Logged, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public void Setting_out_of_its_range_is_named()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => OneFlowServerOptions.Checked(new OneFlowServerOptions { MaxCallers = 0 }));
        Assert.Contains(nameof(OneFlowServerOptions.MaxCallers), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prefix_stands_before_every_path()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(o => o.AnswersUnknownPaths = false, prefix: "/oneflow");
        Assert.Equal(200, (await world.SendAsync("GET", "/oneflow/service", FlowServerWorld.Alice)).Status);
        Assert.Equal(404, (await world.SendAsync("GET", "/service", FlowServerWorld.Alice)).Status);
        Reply document = await world.SendAsync("GET", "/oneflow/openapi.json");
        Assert.Equal("/oneflow", document.Json.GetProperty("servers")[0].GetProperty("url").GetString());
    }
}
