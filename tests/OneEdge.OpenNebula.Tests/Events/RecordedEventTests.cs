using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Events;

/// <summary>Every recorded message decodes to what another reader finds in it.</summary>
public sealed class RecordedEventTests
{
    public static TheoryData<string> Names => [.. RecordedEvent.All().Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Recorded_message_says_what_is_in_it(string name)
    {
        RecordedEvent recorded = RecordedEvent.Named(name);
        CloudEvent decoded = recorded.Decode();
        XElement root = recorded.Root();
        switch (decoded)
        {
            case VmStateChanged vm:
                XElement machine = root.Element("VM")!;
                Assert.Equal(Number(root, "RESOURCE_ID"), vm.Id);
                Assert.Equal((Number(machine, "STATE"), Number(machine, "LCM_STATE")), ((int)vm.State, (int)vm.LcmState));
                Assert.Equal(root.Element("SERVICE_ID")?.Value, vm.ServiceId?.ToString(CultureInfo.InvariantCulture));
                Assert.Equal(root.Element("REMOTE_HOST")!.Value, vm.RemoteHost ?? "");
                CheckObject(machine, vm.VirtualMachine);
                Assert.Equal(vm.State, vm.VirtualMachine.State);
                break;
            case HostStateChanged host:
                Assert.Equal((Number(root, "RESOURCE_ID"), Number(root.Element("HOST")!, "STATE")), (host.Id, (int)host.State));
                CheckObject(root.Element("HOST")!, host.Host);
                break;
            case ImageStateChanged image:
                Assert.Equal((Number(root, "RESOURCE_ID"), Number(root.Element("IMAGE")!, "STATE")), (image.Id, (int)image.State));
                CheckObject(root.Element("IMAGE")!, image.Image);
                break;
            case VirtualNetworkStateChanged network:
                Assert.Equal((Number(root, "RESOURCE_ID"), Number(root.Element("VNET")!, "STATE")), (network.Id, (int)network.State));
                CheckObject(root.Element("VNET")!, network.VirtualNetwork);
                break;
            case ApiCalled call:
                CheckCall(root, call);
                break;
            default:
                HookRetried retried = Assert.IsType<HookRetried>(decoded);
                Assert.Equal(Number(root, "HOOK_ID"), retried.HookId);
                Assert.Equal(root.Element("ARGUMENTS")!.Value, Convert.ToBase64String(Encoding.UTF8.GetBytes(retried.Arguments)));
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Recorded_topic_is_known_and_begins_with_the_subscription_of_each_filter_that_takes_it(string name)
    {
        RecordedEvent recorded = RecordedEvent.Named(name);
        HookTopic topic = HookTopic.Parse(recorded.Topic);
        Assert.True(topic.Form < HookTopicForm.Unknown);
        CloudEvent decoded = recorded.Decode();
        EventFilter[] filters = [.. FiltersOf(decoded), EventFilter.Everything];
        Assert.All(filters, f => Assert.True(f.Matches(decoded)));
        Assert.Contains(filters, f => f.Accepts(topic, decoded));
        Assert.All(filters.Where(f => f.Wants(topic)), f => Assert.Contains(f.Subscriptions, s => recorded.Topic.StartsWith(s, StringComparison.Ordinal)));
    }

    [Fact]
    public void States_of_the_recorded_traces_have_numbers_and_names()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(ConformanceData.Area("opennebula"), "traces"), "*.jsonl"))
        {
            foreach (JsonElement line in File.ReadLines(file).Select(l => JsonDocument.Parse(l).RootElement))
            {
                if (line.GetProperty("kind").GetString() is not ("vm" or "net")) continue;
                bool isMachine = line.GetProperty("kind").GetString() == "vm";
                EventObject kind = isMachine ? EventObject.VirtualMachine : EventObject.VirtualNetwork;
                string state = line.GetProperty("state").GetString()!, lcm = isMachine ? line.GetProperty("lcm_state").GetString()! : "";
                Assert.Contains(Enumerable.Range(0, 20), n => StateNames.Of(kind, n) == state);
                if (isMachine) Assert.Contains(Enumerable.Range(0, 100), n => StateNames.OfLcm(n) == lcm);
                Assert.All(
                    HookTopics.OfState(kind, line.GetProperty("id").GetInt32(), state, lcm, "7"),
                    t => Assert.True(HookTopic.Parse(t).Form < HookTopicForm.Api));
            }
        }
    }

    [Fact]
    public void Calls_of_the_recorded_traces_are_read_back_as_they_were_sent()
    {
        int calls = 0;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(ConformanceData.Area("opennebula"), "traces"), "*.jsonl"))
        {
            IEnumerable<JsonElement> lines = File.ReadLines(file).Select(l => JsonDocument.Parse(l).RootElement);
            foreach (JsonElement line in lines.Where(l => l.GetProperty("kind").GetString() == "api"))
            {
                string method = line.GetProperty("call").GetString()!;
                bool succeeded = line.GetProperty("ok").GetBoolean();
                foreach (string parameter in line.GetProperty("params").EnumerateArray().Select(p => p.ToString()))
                {
                    byte[] message = EventTexts.CallMessage(method, succeeded, parameter);
                    CloudEvent decoded = new HookEnvelope(HookTopic.Parse(HookTopics.OfCall(method, succeeded)), message, isBase64: false).Event;
                    Assert.Equal(parameter, Assert.IsType<ApiCalled>(decoded).Input(2));
                    calls++;
                }
            }
        }

        Assert.True(calls > 0);
    }

    private static EventFilter[] FiltersOf(CloudEvent decoded) => decoded switch
    {
        VmStateChanged vm =>
        [
            EventFilter.VirtualMachine(vm.Id), EventFilter.VirtualMachines(), EventFilter.VirtualMachines(vm.State),
            EventFilter.VirtualMachine(vm.Id, vm.State),
            .. vm.State == VmState.Active
                ? [EventFilter.VirtualMachines(vm.LcmState), EventFilter.VirtualMachine(vm.Id, vm.LcmState)]
                : Array.Empty<EventFilter>(),
            .. vm.ServiceId is { } service ? [EventFilter.Service(service)] : Array.Empty<EventFilter>(),
        ],
        HostStateChanged host => [EventFilter.Host(host.Id), EventFilter.Host(host.Id, host.State), EventFilter.Hosts(), EventFilter.Hosts(host.State)],
        ImageStateChanged image =>
        [
            EventFilter.Image(image.Id), EventFilter.Image(image.Id, image.State), EventFilter.Images(), EventFilter.Images(image.State),
        ],
        VirtualNetworkStateChanged net =>
            [
                EventFilter.VirtualNetwork(net.Id), EventFilter.VirtualNetwork(net.Id, net.State), EventFilter.VirtualNetworks(),
                EventFilter.VirtualNetworks(net.State)
            ],
        ApiCalled call =>
        [
            EventFilter.ApiCalls(), EventFilter.ApiCall(call.Method), EventFilter.ApiCall(call.Method, call.Succeeded), EventFilter.ApiCalls(call.Succeeded),
        ],
        _ => [EventFilter.HookRetries],
    };

    private static void CheckObject(XElement expected, OpenNebulaObject read)
    {
        Assert.Equal((Number(expected, "ID"), expected.Element("NAME")!.Value), (read.Id, read.Name));
        Assert.Equal(
            expected.ToString(SaveOptions.DisableFormatting),
            XElement.Parse(Encoding.UTF8.GetString(read.Xml.Span), LoadOptions.PreserveWhitespace).ToString(SaveOptions.DisableFormatting));
    }

    private static void CheckCall(XElement root, ApiCalled call)
    {
        XElement info = root.Element("CALL_INFO")!;
        Assert.Equal((root.Element("CALL")!.Value, info.Element("RESULT")!.Value == "1"), (call.Method, call.Succeeded));
        foreach (string type in new[] { "IN", "OUT" })
        {
            XElement[] expected = [.. info.Element("PARAMETERS")!.Elements().Where(p => p.Element("TYPE")!.Value == type)];
            IReadOnlyList<ApiParameter> read = type == "IN" ? call.Inputs : call.Outputs;
            Assert.Equal(expected.Select(p => Number(p, "POSITION")), read.Select(p => p.Position));
            Assert.Equal(
                expected.Select(p => Content(p.Element("VALUE")!)),
                read.Select(p => p.Value.StartsWith('<') ? Content(XElement.Parse($"<V>{p.Value}</V>", LoadOptions.PreserveWhitespace)) : p.Value));
        }

        XElement? extra = info.Element("EXTRA")!.Elements().SingleOrDefault();
        Assert.Equal(extra is null, call.Extra is null);
        if (extra is not null) CheckObject(extra, call.Extra!);
    }

    private static string Content(XElement value) =>
        value.HasElements ? string.Concat(value.Nodes().Select(n => n.ToString(SaveOptions.DisableFormatting))) : value.Value;

    private static int Number(XElement parent, string name) => int.Parse(parent.Element(name)!.Value, CultureInfo.InvariantCulture);
}
