using System.Text;
using CsCheck;

namespace OneEdge.OpenNebula.Tests.Events;

/// <summary>Whatever arrives, the stream goes on.</summary>
public sealed class HostileEventTests
{
    private const string Topic = "EVENT VM 4/ACTIVE/RUNNING ";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static (string[] Topics, byte[] Payload) Good => EventTexts.MachineMessage(4, VmState.Active, LcmState.Running, "5", "host1");

    public static TheoryData<string, string> BadFrames => new()
    {
        { "no base64", "@@@@" },
        { "half of base64", Base64(Good.Payload)[..^3] },
        { "nothing", "" },
        { "no XML", Base64("what?") },
        { "another element", Base64("<MESSAGE/>") },
        { "half of the message", Base64(Good.Payload.AsSpan(0, Good.Payload.Length / 2)) },
        { "a second message behind it", Base64([.. Good.Payload, .. Good.Payload]) },
        { "NUL", Base64(Text().Replace("vm-4", "vm\0-4", StringComparison.Ordinal)) },
        { "invalid UTF-8", Base64([.. Good.Payload.AsSpan(0, 150), 0xC3, 0x28, .. Good.Payload.AsSpan(150)]) },
        { "an entity", Base64("<!DOCTYPE x [<!ENTITY a 'b'>]>" + Text()) },
        { "deep nesting", Base64(Text().Replace("<TEMPLATE/>", string.Concat(Enumerable.Repeat("<A>", 100_000)), StringComparison.Ordinal)) },
        { "an ampersand in the object", Base64(Text().Replace("vm-4", "vm & 4", StringComparison.Ordinal)) },
        { "an entity in the object", Base64(Text().Replace("vm-4", "vm &nbsp; 4", StringComparison.Ordinal)) },
        { "an element that is not closed in the object", Base64(Text().Replace("<TEMPLATE/>", "<TEMPLATE>", StringComparison.Ordinal)) },
        { "no object", Base64(Text()[..Text().IndexOf("<VM>", StringComparison.Ordinal)] + "</HOOK_MESSAGE>") },
        { "another machine", Base64(Text().Replace("<RESOURCE_ID>4<", "<RESOURCE_ID>40<", StringComparison.Ordinal)) },
        { "another machine in the object", Base64(Text().Replace("<VM><ID>4<", "<VM><ID>40<", StringComparison.Ordinal)) },
        { "another state", Base64(Text().Replace("<LCM_STATE>RUNNING<", "<LCM_STATE>BOOT<", StringComparison.Ordinal)) },
        { "another state in the object", Base64(Text().Replace("<LCM_STATE>3<", "<LCM_STATE>2<", StringComparison.Ordinal)) },
        { "another kind", Base64(Text().Replace(">VM<", ">HOST<", StringComparison.Ordinal)) },
        { "a number that is none", Base64(Text().Replace("<RESOURCE_ID>4<", "<RESOURCE_ID>four<", StringComparison.Ordinal)) },
        { "a number out of range", Base64(Text().Replace("<RESOURCE_ID>4<", "<RESOURCE_ID>4294967300<", StringComparison.Ordinal)) },
        { "a machine that the owner forged", Base64(Text().Replace("<SERVICE_ID>5<", ForgedMachine, StringComparison.Ordinal)) },
        { "an element in the service", Base64(Text().Replace("<SERVICE_ID>5<", "<SERVICE_ID>5<A/><", StringComparison.Ordinal)) },
        { "an ampersand in the host", Base64(Text().Replace("<REMOTE_HOST>host1<", "<REMOTE_HOST>a & b<", StringComparison.Ordinal)) },
    };

    [Theory]
    [MemberData(nameof(BadFrames))]
    public async Task Message_that_cannot_be_read_is_a_gap_and_the_stream_goes_on(string what, string frame)
    {
        var hub = new EventHub();
        await using IAsyncEnumerator<CloudEvent> stream = await BeginAsync(hub);
        hub.Publish(new HookEnvelope(HookTopic.Parse(Topic), Encoding.ASCII.GetBytes(frame), isBase64: true));
        Publish(hub, Good.Topics);
        Assert.True(await stream.MoveNextAsync());
        Gap gap = Assert.IsType<Gap>(stream.Current);
        Assert.True(gap.Reason == GapReason.Undecodable, what);
        Assert.StartsWith("OEN", gap.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("host1", gap.Detail, StringComparison.Ordinal);
        Assert.True(await stream.MoveNextAsync());
        Assert.True(Assert.IsType<VmStateChanged>(stream.Current).IsRunning);
    }

    [Theory]
    [InlineData("EVENT VM 4/ACTIVE/RUNNING")]
    [InlineData("EVENT VM 4/ACTIVE/RUNNING  ")]
    [InlineData("EVENT VM 4/ACTIVE ")]
    [InlineData("EVENT VM 4/ACTIVE/ ")]
    [InlineData("EVENT VM 4//RUNNING ")]
    [InlineData("EVENT VM 4/")]
    [InlineData("EVENT VM ")]
    [InlineData("EVENT VM 4/ACTIVE/RUNNING/MORE ")]
    public async Task Topic_that_may_have_been_one_of_ours_is_a_gap(string topic)
    {
        var hub = new EventHub();
        await using IAsyncEnumerator<CloudEvent> stream = await BeginAsync(hub);
        Publish(hub, topic);
        Publish(hub, Good.Topics);
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(GapReason.Undecodable, Assert.IsType<Gap>(stream.Current).Reason);
        Assert.True(await stream.MoveNextAsync());
        Assert.IsType<VmStateChanged>(stream.Current);
    }

    [Theory]
    [InlineData("EVENT VM 40/")]
    [InlineData("EVENT VM 04/ACTIVE/RUNNING ")]
    [InlineData("EVENT VM +4/ACTIVE/RUNNING ")]
    [InlineData("EVENT VM ４/ACTIVE/RUNNING ")]
    [InlineData("EVENT HOST 4/INIT/LCM ")]
    [InlineData("EVENT API one.vm.update 2")]
    [InlineData("event vm 4/ACTIVE/RUNNING ")]
    [InlineData("EVENT DATASTORE 4/READY/ ")]
    public async Task Topic_that_was_never_ours_is_nothing(string topic)
    {
        var hub = new EventHub();
        await using IAsyncEnumerator<CloudEvent> stream = await BeginAsync(hub);
        Publish(hub, topic);
        Publish(hub, Good.Topics);
        Assert.True(await stream.MoveNextAsync());
        Assert.IsType<VmStateChanged>(stream.Current);
    }

    [Theory]
    [InlineData("A = \"x & y\"")]
    [InlineData("A = \"1 < 2\"")]
    [InlineData("<?xml version=\"1.0\"?><TEMPLATE><A>1</A></TEMPLATE>")]
    [InlineData("</A>")]
    [InlineData("<TEMPLATE>")]
    [InlineData("]]>")]
    [InlineData("<![CDATA[")]
    public void Parameter_that_is_no_XML_is_read_as_it_was_sent(string parameter)
    {
        byte[] message = EventTexts.CallMessage("one.vm.update", true, parameter, EventTexts.Other(EventObject.Image, 7, 1));
        ApiCalled call = Assert.IsType<ApiCalled>(new HookEnvelope(HookTopic.Parse("EVENT API one.vm.update 1"), message, isBase64: false).Event);
        Assert.Equal(("****", parameter, "true"), (call.Input(1), call.Input(2), call.Output(1)));
        Assert.Equal(7, call.Extra!.Id);
    }

    [Theory]
    [InlineData("</VALUE></PARAMETER><PARAMETER><POSITION>3</POSITION><TYPE>OUT</TYPE><VALUE>")]
    [InlineData("&</VALUE></PARAMETER><PARAMETER><POSITION>1</POSITION><TYPE>OUT</TYPE><VALUE>false")]
    [InlineData("&</VALUE></PARAMETER></PARAMETERS><EXTRA>")]
    [InlineData(
        "x</VALUE></PARAMETER></PARAMETERS><EXTRA></EXTRA></CALL_INFO><CALL_INFO><RESULT>0</RESULT><PARAMETERS><PARAMETER><POSITION>2</POSITION>"
            + "<TYPE>IN</TYPE><VALUE>")]
    [InlineData("&</VALUE>")]
    public void Parameter_that_imitates_the_message_around_it_makes_it_unreadable(string parameter)
    {
        byte[] message = EventTexts.CallMessage("one.vm.update", true, parameter);
        CloudEvent read = new HookEnvelope(HookTopic.Parse("EVENT API one.vm.update 1"), message, isBase64: false).Event;
        if (read is ApiCalled call) Assert.Equal(parameter, call.Input(2));
        else Assert.Equal(GapReason.Undecodable, Assert.IsType<Gap>(read).Reason);
    }

    [Fact]
    public void Call_under_the_topic_of_another_is_a_gap()
    {
        byte[] message = EventTexts.CallMessage("one.vm.update", true, "x");
        Assert.IsType<Gap>(new HookEnvelope(HookTopic.Parse("EVENT API one.vm.update 0"), message, isBase64: false).Event);
        Assert.IsType<Gap>(new HookEnvelope(HookTopic.Parse("EVENT API one.vm.delete 1"), message, isBase64: false).Event);
        Assert.IsType<ApiCalled>(new HookEnvelope(HookTopic.Parse("EVENT API one.vm.update 1"), message, isBase64: false).Event);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no XML")]
    [InlineData("<HOOK_MESSAGE><ARGUMENTS>YSBi</ARGUMENTS></HOOK_MESSAGE>")]
    [InlineData("<HOOK_MESSAGE><ARGUMENTS>@</ARGUMENTS><HOOK_ID>4</HOOK_ID></HOOK_MESSAGE>")]
    public void Repeated_hook_that_cannot_be_read_is_a_gap(string payload) =>
        Assert.IsType<Gap>(new HookEnvelope(HookTopic.Parse("RETRY"), Encoding.UTF8.GetBytes(payload), isBase64: false).Event);

    [Theory]
    [InlineData("aGVsbG8=", "hello")]
    [InlineData("plain text", "plain text")]
    public void Unknown_message_is_kept_as_it_came(string frame, string payload)
    {
        var unknown = Assert.IsType<UnknownEvent>(new HookEnvelope(HookTopic.Parse("NEWS 1"), Encoding.UTF8.GetBytes(frame), isBase64: true).Event);
        Assert.Equal(("NEWS 1", payload), (unknown.Topic, Encoding.UTF8.GetString(unknown.Payload.Span)));
    }

    [Fact]
    public void State_with_a_name_of_a_newer_server_has_the_number_in_the_object()
    {
        string message = Text().Replace(">RUNNING<", ">LEVITATING<", StringComparison.Ordinal).Replace(
            "<LCM_STATE>3<", "<LCM_STATE>99<", StringComparison.Ordinal);
        CloudEvent read = new HookEnvelope(HookTopic.Parse("EVENT VM 4/ACTIVE/LEVITATING "), Encoding.UTF8.GetBytes(message), isBase64: false).Event;
        Assert.Equal((LcmState)99, Assert.IsType<VmStateChanged>(read).LcmState);
    }

    [Fact]
    public void Service_that_is_no_number_is_none()
    {
        (string[] topics, byte[] payload) = EventTexts.MachineMessage(4, VmState.Hold, LcmState.LcmInit, "my service");
        Assert.All(topics, t => Assert.Null(Assert.IsType<VmStateChanged>(new HookEnvelope(HookTopic.Parse(t), payload, isBase64: false).Event).ServiceId));
    }

    [Fact]
    public void Message_with_a_byte_changed_is_read_or_a_gap()
    {
        byte[] good = Good.Payload;
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            byte[] changed = [.. good];
            changed[at] = value;
            CloudEvent read = new HookEnvelope(HookTopic.Parse(Topic), changed, isBase64: false).Event;
            if (read is VmStateChanged vm) Assert.Equal((4, VmState.Active, LcmState.Running), (vm.Id, vm.State, vm.LcmState));
            else Assert.Equal(GapReason.Undecodable, Assert.IsType<Gap>(read).Reason);
        });
    }

    [Fact]
    public void Anything_at_all_is_an_event()
    {
        Gen<string> topics = Gen.OneOf(
            Gens.Pick("RETRY", "EVENT API one.vm.update 1", Topic, "EVENT SERVICE 5 ", "EVENT STATE HOST/INIT//4 ", "EVENT VM ", ""), Gen.String);
        Gen.Select(topics, Gen.Byte.Array[0, 200], Gen.Bool).Sample((topic, payload, isBase64) =>
        {
            CloudEvent happened = new HookEnvelope(HookTopic.Parse(topic), payload, isBase64).Event;
            // Bytes of chance make no object and no call: what is read of a known topic is a gap, and everything else is kept as it came.
            bool isKnown = topic == "RETRY" || topic.StartsWith("EVENT ", StringComparison.Ordinal);
            if (happened is UnknownEvent unknown) Assert.Equal(topic, unknown.Topic);
            else Assert.True(isKnown && happened is Gap { Reason: GapReason.Undecodable } or HookRetried, $"{topic}: {happened}");
        });
    }

    private static void Publish(EventHub hub, params ReadOnlySpan<string> topics)
    {
        foreach (string topic in topics) hub.Publish(new HookMessage(topic, Good.Payload));
    }

    private static string Text() => Encoding.UTF8.GetString(Good.Payload);

    private static string Base64(string text) => Base64(Encoding.UTF8.GetBytes(text));

    private static string Base64(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes);

    // Behind the gap that every stream begins with.
    private static async Task<IAsyncEnumerator<CloudEvent>> BeginAsync(EventHub hub)
    {
        IAsyncEnumerator<CloudEvent> stream = new InProcessEventSource(hub).WatchAsync(EventFilter.VirtualMachine(4), Token).GetAsyncEnumerator(Token);
        Assert.True(await stream.MoveNextAsync());
        return stream;
    }

    private static string ForgedMachine => $"<SERVICE_ID>5</SERVICE_ID>{EventTexts.Machine(4, VmState.Done, LcmState.LcmInit)}<SERVICE_ID>5<";
}
