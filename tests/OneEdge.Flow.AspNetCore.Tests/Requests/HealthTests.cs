using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task Server_lives_before_it_is_ready()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync(starts: false);
        Assert.Equal(200, (await world.SendAsync("GET", "/health/live")).Status);
        Reply waiting = await world.SendAsync("GET", "/health/ready");
        Assert.Equal((503, "inactive", "reachable"),
            (waiting.Status, waiting.Json.GetProperty("engine").GetString(), waiting.Json.GetProperty("cloud").GetString()));
        await world.Engine.StartAsync(FlowServerWorld.Ct).WaitAsync(HangLimit.Time, FlowServerWorld.Ct);
        Reply ready = await world.SendAsync("GET", "/health/ready");
        Assert.Equal((200, "healthy"), (ready.Status, ready.Json.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Cloud_is_not_asked_more_often_than_was_said()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        int asked = 0;
        bool isThere = true;
        using IDisposable rule = world.Cloud.Script.BreakCalls(call =>
        {
            if (call.Method != "one.system.version") return EmbeddedCallFault.None;
            Interlocked.Increment(ref asked);
            return isThere ? EmbeddedCallFault.None : EmbeddedCallFault.Unreachable;
        });
        for (int i = 0; i < 5; i++) Assert.Equal(200, (await world.SendAsync("GET", "/health/ready")).Status);
        Assert.Equal(1, asked);
        isThere = false;
        world.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(503, (await world.SendAsync("GET", "/health/ready")).Status);
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Requests_are_measured_by_the_template_of_their_path()
    {
        await using FlowServerWorld world = await FlowServerWorld.CreateAsync();
        var seen = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == FlowServerTelemetry.MeterName) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Enqueue(Line(instrument, value, tags)));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => seen.Enqueue(Line(instrument, 0, tags)));
        listener.Start();
        await world.SendAsync("GET", "/service/4711", FlowServerWorld.Alice);
        await world.SendAsync("GET", "/service", FlowServerWorld.Alice);
        await world.SendAsync("BREW", "/coffee", FlowServerWorld.Alice);
        await FlowServerWorld.UntilAsync(() => seen.Any(
            s => s.StartsWith("oneedge.flow.server.request.duration", StringComparison.Ordinal) && s.Contains("unknown", StringComparison.Ordinal)));
        Assert.Contains("oneedge.flow.server.requests 1 GET /service/{id} 404", seen);
        Assert.Contains("oneedge.flow.server.request.duration 0 GET /service 200", seen);
        Assert.Contains("oneedge.flow.server.requests 1 _OTHER unknown 404", seen);
        Assert.Contains("oneedge.flow.server.authentications 1 known", seen);
        Assert.DoesNotContain(seen, s => s.Contains("4711", StringComparison.Ordinal) || s.Contains("coffee", StringComparison.Ordinal));
    }

    private static string Line(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        $"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(t => t.Value))}";
}
