using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;

namespace OneEdge.OpenNebula.Tests.Embedded;

/// <summary>Failures, delays and losses that a test asks for; the clock; and that everything happens again in the same way.</summary>
public sealed class ScriptTests
{
    private const string Template = "NAME=vm\nCPU=0.01\nMEMORY=1";

    [Fact]
    public async Task Each_tenth_deployment_fails()
    {
        using var cloud = new EmbeddedCloud();
        using (cloud.Script.Fail(EmbeddedWork.Deploy, every: 10))
        {
            for (int i = 0; i < 30; i++) await cloud.Rpc.CallAsync("one.vm.allocate", Template, false);
        }

        await cloud.Rpc.CallAsync("one.vm.allocate", Template, false);
        Assert.Equal((int[])[9, 19, 29], await FailedAsync(cloud));
    }

    [Fact]
    public async Task Failure_of_one_machine_or_host_a_number_of_times_touches_no_other()
    {
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions { Hosts = 2 });
        using IDisposable ofVm = cloud.Script.Fail(EmbeddedWork.Deploy, id: 1);
        for (int i = 0; i < 3; i++) await cloud.Rpc.CallAsync("one.vm.allocate", Template, false);
        Assert.Equal((int[])[1], await FailedAsync(cloud));
        ofVm.Dispose();
        cloud.Script.Fail(EmbeddedWork.Prolog, host: 1, times: 1);
        int held = await cloud.Rpc.IdAsync("one.vm.allocate", Template, true);
        await cloud.Rpc.CallAsync("one.vm.deploy", held, 1, false, -1, "");
        Assert.Equal("39", (await cloud.Rpc.XmlAsync("one.vm.info", held)).Value("LCM_STATE"));
        await cloud.Rpc.CallAsync("one.vm.recover", held, 2);
        Assert.Equal("3", (await cloud.Rpc.XmlAsync("one.vm.info", held)).Value("LCM_STATE"));
    }

    [Fact]
    public async Task Rule_is_taken_back_alone_and_once_though_another_says_the_same()
    {
        using var cloud = new EmbeddedCloud();
        IDisposable first = cloud.Script.Fail(EmbeddedWork.Deploy, every: 2);
        IDisposable second = cloud.Script.Fail(EmbeddedWork.Deploy, every: 2);
        second.Dispose();
        second.Dispose();
        for (int i = 0; i < 2; i++) await cloud.Rpc.CallAsync("one.vm.allocate", Template, false);
        Assert.Equal((int[])[1], await FailedAsync(cloud));
        first.Dispose();
        for (int i = 0; i < 4; i++) await cloud.Rpc.CallAsync("one.vm.allocate", Template, false);
        Assert.Equal((int[])[1], await FailedAsync(cloud));
        Func<string, bool> drops = _ => true;
        IDisposable once = cloud.Script.DropEvents(drops);
        using IDisposable stays = cloud.Script.DropEvents(drops);
        once.Dispose();
        once.Dispose();
        List<string> seen = [];
        using IDisposable listening = cloud.Listen(m => seen.Add(m.Topic));
        await cloud.Rpc.CallAsync("one.vm.allocate", Template, false);
        Assert.Empty(seen);
    }

    [Fact]
    public async Task Work_takes_its_time_by_the_clock_of_the_test()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions { TimeProvider = time, Delays = EmbeddedCloudDelays.Each(TimeSpan.FromSeconds(10)) });
        using IDisposable slow = cloud.Script.Slow(EmbeddedWork.Prolog, TimeSpan.FromMinutes(5));
        List<string> states = [];
        using IDisposable listener = cloud.Listen(m => states.Add(m.Topic), t => t.StartsWith("EVENT VM ", StringComparison.Ordinal));
        int id = await cloud.Rpc.IdAsync("one.vm.allocate", Template, false);
        Assert.Equal(["EVENT VM 0/PENDING/LCM_INIT "], states);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("EVENT VM 0/ACTIVE/PROLOG ", states[^1]);
        time.Advance(TimeSpan.FromSeconds(309));
        Assert.Equal("EVENT VM 0/ACTIVE/PROLOG ", states[^1]);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("EVENT VM 0/ACTIVE/BOOT ", states[^1]);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("EVENT VM 0/ACTIVE/RUNNING ", states[^1]);
        XElement stay = (await cloud.Rpc.XmlAsync("one.vm.info", id)).Element("HISTORY_RECORDS")!.Element("HISTORY")!;
        Assert.Equal(310, stay.Number("RSTIME") - stay.Number("PSTIME"));
    }

    [Fact]
    public async Task Action_that_overtakes_another_wins()
    {
        var time = new FakeTimeProvider();
        var delays = new EmbeddedCloudDelays { Hypervisor = TimeSpan.FromSeconds(10) };
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions { TimeProvider = time, Delays = delays });
        int id = await cloud.Rpc.IdAsync("one.vm.allocate", Template, false);
        time.Advance(TimeSpan.FromSeconds(10));
        await cloud.Rpc.CallAsync("one.vm.action", "poweroff", id);
        await cloud.Rpc.AssertRefusedAsync(
            2048, $"Error performing action \"terminate\": Could not terminate VM {id}, wrong state SHUTDOWN_POWEROFF.", "one.vm.action", "terminate", id);
        await cloud.Rpc.CallAsync("one.vm.recover", id, 3);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("6", (await cloud.Rpc.XmlAsync("one.vm.info", id)).Value("STATE"));
    }

    [Fact]
    public async Task Lost_call_is_not_carried_out_and_a_lost_answer_is()
    {
        using var cloud = new EmbeddedCloud();
        EmbeddedCallFault fault = EmbeddedCallFault.Unreachable;
        using IDisposable rule = cloud.Script.BreakCalls(call => call.Method == "one.document.allocate" ? fault : EmbeddedCallFault.None);
        var lost = await Assert.ThrowsAsync<OpenNebulaTransportException>(() => cloud.Rpc.CallAsync("one.document.allocate", "NAME=a", 100));
        Assert.Equal((OpenNebulaErrorCodes.Unreachable, true), (lost.Code, lost.IsRetrySafe));
        fault = EmbeddedCallFault.AnswerLost;
        var unanswered = await Assert.ThrowsAsync<OpenNebulaTransportException>(() => cloud.Rpc.CallAsync("one.document.allocate", "NAME=b", 100));
        Assert.Equal((OpenNebulaErrorCodes.ConnectionLost, false), (unanswered.Code, unanswered.IsRetrySafe));
        Assert.Equal(["b"], (await cloud.Rpc.XmlAsync("one.documentpool.info", -2, -1, -1, 100)).Elements().Select(d => d.Value("NAME")));
        rule.Dispose();
        await cloud.Rpc.CallAsync("one.document.allocate", "NAME=c", 100);
    }

    [Fact]
    public async Task Dropped_message_is_missing_and_no_other()
    {
        using var cloud = new EmbeddedCloud();
        List<string> seen = [];
        using IDisposable listener = cloud.Listen(m => seen.Add(m.Topic), t => t.StartsWith("EVENT STATE", StringComparison.Ordinal));
        using (cloud.Script.DropEvents(t => t.Contains("/BOOT/", StringComparison.Ordinal))) await cloud.Rpc.CallAsync("one.vm.allocate", Template, false);
        Assert.Equal(
            ["EVENT STATE VM/PENDING/LCM_INIT/0 ", "EVENT STATE VM/ACTIVE/LCM_INIT/0 ", "EVENT STATE VM/ACTIVE/PROLOG/0 ", "EVENT STATE VM/ACTIVE/RUNNING/0 "],
            seen);
    }

    [Fact]
    public async Task Messages_of_a_start_come_in_the_recorded_order()
    {
        using var cloud = new EmbeddedCloud();
        await cloud.Rpc.CallAsync("one.template.allocate", "NAME=t\nCPU=1\nMEMORY=1");
        List<string> seen = [];
        using IDisposable listener = cloud.Listen(m => seen.Add(m.Topic));
        await cloud.Rpc.CallAsync("one.template.instantiate", 0, "vm", false, "SERVICE_ID=50", false);
        Assert.Equal(
            [
                "EVENT VM 0/PENDING/LCM_INIT ", "EVENT STATE VM/PENDING/LCM_INIT/0 ", "EVENT SERVICE 50 ", "EVENT API one.template.instantiate 1",
                "EVENT VM 0/ACTIVE/LCM_INIT ", "EVENT STATE VM/ACTIVE/LCM_INIT/0 ", "EVENT SERVICE 50 ", "EVENT API one.vm.deploy 1",
                "EVENT VM 0/ACTIVE/PROLOG ", "EVENT STATE VM/ACTIVE/PROLOG/0 ", "EVENT SERVICE 50 ",
                "EVENT VM 0/ACTIVE/BOOT ", "EVENT STATE VM/ACTIVE/BOOT/0 ", "EVENT SERVICE 50 ",
                "EVENT VM 0/ACTIVE/RUNNING ", "EVENT STATE VM/ACTIVE/RUNNING/0 ", "EVENT SERVICE 50 ",
            ],
            seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Same_seed_and_calls_give_the_same_cloud_and_the_same_messages(int seed)
    {
        string first = await LifeAsync(seed);
        Assert.Equal(first, await LifeAsync(seed));
        Assert.NotEqual(first, await LifeAsync(seed + 100));
    }

    private static async Task<string> LifeAsync(int seed)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var cloud = new EmbeddedCloud(new EmbeddedCloudOptions
        {
            Hosts = 5,
            Seed = seed,
            TimeProvider = time,
            Delays = EmbeddedCloudDelays.Each(TimeSpan.FromSeconds(3)),
        });
        var log = new System.Text.StringBuilder();
        using IDisposable listener = cloud.Listen(m => log.AppendLine(m.Topic).AppendLine(System.Text.Encoding.UTF8.GetString(m.Payload.Span)));
        cloud.Script.Fail(EmbeddedWork.Deploy, every: 4);
        string[] actions = ["poweroff", "suspend", "terminate", "stop", "undeploy", "reboot", "resched"];
        for (int i = 0; i < 20; i++)
        {
            await cloud.Rpc.CallAsync("one.vm.allocate", Template, false);
            time.Advance(TimeSpan.FromSeconds(5));
            try
            {
                await cloud.Rpc.CallAsync("one.vm.action", actions[i % actions.Length], i / 2);
            }
            catch (OpenNebulaCallException e)
            {
                log.AppendLine(e.Message);
            }
        }

        time.Advance(TimeSpan.FromMinutes(5));
        return log.Append((await cloud.Rpc.CallAsync("one.vmpool.infoextended", -2, -1, -1, -2, "")).AsString()).ToString();
    }

    private static async Task<int[]> FailedAsync(EmbeddedCloud cloud) =>
        [.. (await cloud.Rpc.XmlAsync("one.vmpool.info", -2, -1, -1, -2, "")).Elements()
            .Where(v => v.Value("LCM_STATE") == "36").Select(v => v.Number("ID")).Order()];
}
