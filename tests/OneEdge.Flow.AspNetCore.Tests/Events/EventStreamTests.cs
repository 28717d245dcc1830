using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OneEdge.Flow.AspNetCore.Tests;

public sealed class EventStreamTests
{
    [Fact]
    public async Task Stream_tells_how_a_service_is_what_becomes_of_it_and_that_it_is_gone()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        using EventReader reader = await EventReader.OpenAsync(world, id);
        (string name, JsonElement snapshot) = await reader.NextAsync();
        Assert.Equal("snapshot", name);
        Assert.Equal((id, "RUNNING"), (snapshot.GetProperty("service").GetInt32(), snapshot.GetProperty("state").GetString()));
        JsonElement role = snapshot.GetProperty("roles")[0];
        Assert.Equal(("web", "RUNNING", 1), (role.GetProperty("name").GetString(), role.GetProperty("state").GetString(),
            role.GetProperty("vms").GetArrayLength()));
        (name, JsonElement machine) = await reader.NextAsync();
        Assert.Equal(("vm", role.GetProperty("vms")[0].GetInt32(), "running"), (name, machine.GetProperty("vm").GetInt32(), Text(machine, "state")));
        await world.SendAsync("POST", $"/service/{id}/scale", FlowServerWorld.Alice, """{"role_name":"web","cardinality":2}""");
        await world.ReachAsync(id, ServiceState.Cooldown);
        await world.SendAsync("DELETE", $"/service/{id}", FlowServerWorld.Alice);
        List<string> seen = [];
        await world.ElapseAsync(Task.Run(async () =>
        {
            while (seen.LastOrDefault()?.StartsWith("gone", StringComparison.Ordinal) != true)
            {
                (string next, JsonElement data) = await reader.NextAsync();
                seen.Add($"{next} {Text(data, "state")} {Text(data, "message")}".TrimEnd());
            }

            return true;
        }));
        foreach (string expected in (string[])["service SCALING", "role SCALING", "vm added", "vm running", "service COOLDOWN", "service UNDEPLOYING",
            "vm removed", "log  New state: SCALING"])
            Assert.Contains(expected, seen);
        Assert.Null(await reader.EndAsync());
        Assert.Equal(reader.Ids.Distinct(), reader.Ids);
        await FlowServerWorld.UntilAsync(() => world.Server.Streams.Open == 0);
    }

    private static string? Text(JsonElement data, string name) => data.TryGetProperty(name, out JsonElement value) ? value.GetString() : "";

    [Fact]
    public async Task Silence_is_filled_with_comments_and_a_stream_ends_with_its_time()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(o =>
            (o.EventHeartbeat, o.EventStreamLifetime) = (TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2)));
        int id = await world.RunAsync();
        using EventReader reader = await EventReader.OpenAsync(world, id);
        Assert.Equal(["snapshot", "vm"], [(await reader.NextAsync()).Name, (await reader.NextAsync()).Name]);
        Task<string?> end = reader.EndAsync();
        await world.ElapseAsync(end);
        Assert.Contains(": still here", reader.Comments);
        await FlowServerWorld.UntilAsync(() => world.Server.Streams.Open == 0);
    }

    [Fact]
    public async Task Who_comes_again_gets_a_snapshot_and_what_was_logged_since()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        string last;
        using (EventReader first = await EventReader.OpenAsync(world, id))
        {
            await first.NextAsync();
            last = first.Ids[^1];
        }

        world.Time.Advance(TimeSpan.FromSeconds(5));
        await world.SendAsync("POST", $"/service/{id}/scale", FlowServerWorld.Alice, """{"role_name":"web","cardinality":2}""");
        await world.ReachAsync(id, ServiceState.Cooldown);
        using EventReader again = await EventReader.OpenAsync(world, id, last);
        Assert.Equal("snapshot", (await again.NextAsync()).Name);
        List<string?> messages = [];
        while (messages.LastOrDefault() != "New state: COOLDOWN")
        {
            (string name, JsonElement data) = await again.NextAsync();
            if (name == "log") messages.Add(data.GetProperty("message").GetString());
        }

        Assert.Contains("New state: SCALING", messages);
        Assert.DoesNotContain("New state: DEPLOYING", messages);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("99999999999999999999-1")]
    [InlineData("9223372036854775807-1")]
    public async Task Id_that_was_never_given_out_is_ignored(string last)
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        using EventReader reader = await EventReader.OpenAsync(world, id, last);
        Assert.Equal("snapshot", (await reader.NextAsync()).Name);
    }

    [Fact]
    public async Task Client_that_is_cut_off_leaves_no_stream_open()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        using (EventReader reader = await EventReader.OpenAsync(world, id))
        {
            await reader.NextAsync();
            Assert.Equal(1, world.Server.Streams.Open);
        }

        await FlowServerWorld.UntilAsync(() => world.Server.Streams.Open == 0);
    }

    [Fact]
    public async Task Client_that_reads_nothing_is_cut_off_and_delays_nobody()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(o =>
            (o.EventHeartbeat, o.EventWriteTimeout) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30)));
        int id = await world.RunAsync();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 1024 };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, world.Http.BaseAddress!.Port), FlowServerWorld.Ct);
        string head = $"GET /service/{id}/events HTTP/1.1\r\nHost: x\r\nAuthorization: {FlowServerWorld.Basic(FlowServerWorld.Alice)}\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(head), FlowServerWorld.Ct);
        await FlowServerWorld.UntilAsync(() => world.Server.Streams.Open == 1);

        // Comments fill what the connection holds; then time passes for a write that does not end.
        await world.ElapseAsync(Task.Run(async () =>
        {
            while (world.Server.Streams.Open > 0) await Task.Delay(1, FlowServerWorld.Ct);
            return true;
        }));
        Assert.Equal(204, (await world.SendAsync("DELETE", $"/service/{id}", FlowServerWorld.Alice)).Status);
    }

    [Fact]
    public async Task No_more_streams_are_opened_than_were_allowed()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(o => o.MaxEventStreams = 1);
        int id = await world.RunAsync();
        using (EventReader reader = await EventReader.OpenAsync(world, id))
        {
            await reader.NextAsync();
            Reply refused = await world.SendAsync("GET", $"/service/{id}/events", FlowServerWorld.Alice);
            Assert.Equal((503, FlowServerErrorCodes.TooManyStreams), (refused.Status, refused.ErrorCode));
            Assert.Equal(200, (await world.SendAsync("HEAD", $"/service/{id}/events", FlowServerWorld.Alice)).Status);
        }

        await FlowServerWorld.UntilAsync(() => world.Server.Streams.Open == 0);
        using EventReader next = await EventReader.OpenAsync(world, id);
        Assert.Equal("snapshot", (await next.NextAsync()).Name);
    }

    [Fact]
    public async Task Engine_that_stops_ends_its_streams_with_the_reason()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int id = await world.RunAsync();
        using EventReader reader = await EventReader.OpenAsync(world, id);
        Assert.Equal(["snapshot", "vm"], [(await reader.NextAsync()).Name, (await reader.NextAsync()).Name]);
        await world.Engine.DisposeAsync();
        (string name, JsonElement data) = await reader.NextAsync();
        Assert.Equal(("error", FlowErrorCodes.EngineInactive), (name, data.GetProperty("code").GetString()));
        Assert.Null(await reader.EndAsync());
    }

    [Fact]
    public async Task Service_that_is_not_there_has_no_events()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        Assert.Equal(404, (await world.SendAsync("GET", "/service/99/events", FlowServerWorld.Alice)).Status);
        Assert.Equal(0, world.Server.Streams.Open);
    }

    [Fact]
    public void States_have_the_names_of_the_original()
    {
        Assert.Equal("FAILED_DEPLOYING_NETS", EventJson.NameOf(ServiceState.FailedDeployingNetworks));
        Assert.Equal("HOLD", EventJson.NameOf(RoleState.Hold));
    }
}
