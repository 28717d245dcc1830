using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using OneEdge.OpenNebula;

namespace OneEdge.Benchmarks;

/// <summary>
/// From the frames of messages to events: 10,000 changes of a virtual machine, each of about 5 KB (7 KB in base64). The machine is the one of the recorded exchange 320
/// when the recordings lie beside the repository; otherwise one that is made up.
/// </summary>
[MemoryDiagnoser]
public class EventBenchmarks
{
    private const int Messages = 10_000;
    private const string Topic = "EVENT VM 5/ACTIVE/RUNNING ";
    private byte[] _frame = [];
    private byte[] _payload = [];
    private string[] _topics = [];

    [GlobalSetup]
    public void Setup()
    {
        string machine = RpcBenchmarkData.Machine;

        // Recorded messages have a longer template than the exchange: with a context, a disk and a network card.
        var more = new StringBuilder();
        for (int i = 0; i < 60; i++) more.Append(CultureInfo.InvariantCulture, $"<ATTRIBUTE_{i}><![CDATA[value number {i}]]></ATTRIBUTE_{i}>");
        machine = machine.Replace("<TEMPLATE>", "<TEMPLATE>" + more, StringComparison.Ordinal);
        string message = "<HOOK_MESSAGE><HOOK_TYPE>STATE</HOOK_TYPE><HOOK_OBJECT>VM</HOOK_OBJECT><STATE>ACTIVE</STATE><LCM_STATE>RUNNING</LCM_STATE><RESOURCE_ID>5</RESOURCE_ID>"
            + $"<SERVICE_ID>50</SERVICE_ID><REMOTE_HOST>host0</REMOTE_HOST>{machine}</HOOK_MESSAGE>";
        _payload = Encoding.UTF8.GetBytes(message);
        _frame = Encoding.ASCII.GetBytes(Convert.ToBase64String(_payload));
        _topics = HookTopics.OfState(EventObject.VirtualMachine, 5, "ACTIVE", "RUNNING", "50");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"// a message has {_payload.Length} bytes, {_frame.Length} in base64"));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    public int Decode()
    {
        int running = 0;
        for (int i = 0; i < Messages; i++)
        {
            if (new HookEnvelope(HookTopic.Parse(Topic), _frame, isBase64: true).Event is VmStateChanged { IsRunning: true }) running++;
        }

        return Checked(running);
    }

    /// <summary>With the machine of each.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int DecodeWithMachine()
    {
        int running = 0;
        for (int i = 0; i < Messages; i++)
        {
            if (new HookEnvelope(HookTopic.Parse(Topic), _frame, isBase64: true).Event is VmStateChanged { VirtualMachine.Id: 5 }) running++;
        }

        return Checked(running);
    }

    /// <summary>Three topics of each change to one of 1,000 who watch for one machine each; nothing is decoded for nobody.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int PublishToManyWatches()
    {
        var hub = new EventHub();
        EventWatch[] watches = [.. Enumerable.Range(0, 1000).Select(id => hub.Watch(EventFilter.VirtualMachine(id), new EventQueueOptions()))];
        for (int i = 0; i < Messages; i++)
        {
            foreach (string topic in _topics)
            {
                if (hub.IsWanted(topic)) hub.Publish(new HookMessage(topic, _payload));
            }
        }

        return watches.Length;
    }

    private static int Checked(int running) => running == Messages ? running : throw new InvalidOperationException("A message was not decoded.");
}
