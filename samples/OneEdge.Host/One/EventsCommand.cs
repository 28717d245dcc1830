using System.CommandLine;
using System.Text;
using System.Text.Json;
using OneEdge.Host.Cli;
using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary><c>oneedge one events</c>: what happens, as it happens.</summary>
internal static class EventsCommand
{
    public static HostCommand Create(HostIo io)
    {
        var cloud = new CloudOptions();
        var vm = new Option<int?>("--vm") { Description = "Only a virtual machine.", HelpName = "ID" };
        var host = new Option<int?>("--host") { Description = "Only a host.", HelpName = "ID" };
        var service = new Option<int?>("--service") { Description = "Only the virtual machines of a service.", HelpName = "ID" };
        var interval = new Option<double>("--interval")
        {
            Description = "How often to look, in seconds.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 2,
        };
        var count = new Option<int?>("--count") { Description = "Ends after so many lines.", HelpName = "N" };
        foreach (Option<int?> id in new[] { vm, host, service }) Limits.Apply(id, 0, int.MaxValue);
        Limits.Apply(interval, 0.001, 86_400);
        Limits.Apply(count, 1, int.MaxValue);
        var command = new HostCommand(
            "events",
            "Follows the states of virtual machines, hosts, images and networks, until it is interrupted. They are looked at over and over: what changes back "
            + "in between is not seen.",
            "one events", "one events --vm 4 --json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using OpenCloud open = await cloud.OpenAsync(parsed, io, cancellationToken);
            var source = new PollingEventSource(open.Rpc, new PollingEventSourceOptions { Interval = TimeSpan.FromSeconds(parsed.GetValue(interval)) });
            EventFilter filter = FilterOf(parsed.GetValue(vm), parsed.GetValue(host), parsed.GetValue(service));
            int left = parsed.GetValue(count) ?? int.MaxValue;
            await foreach (CloudEvent happened in source.WatchAsync(filter, cancellationToken))
            {
                io.Out.WriteLine(OutputOption.IsJson(parsed) ? Json(happened) : Line(happened));
                await io.Out.FlushAsync(cancellationToken);
                if (--left <= 0) break;
            }

            return ExitCode.Done;
        });
        return cloud.AddTo(command.With(vm, host, service, interval, count));
    }

    private static EventFilter FilterOf(int? vm, int? host, int? service)
    {
        List<EventFilter> filters = [];
        if (vm is { } machine) filters.Add(EventFilter.VirtualMachine(machine));
        if (host is { } place) filters.Add(EventFilter.Host(place));
        if (service is { } number) filters.Add(EventFilter.Service(number));
        if (filters.Count > 0) return EventFilter.Any(filters);
        return EventFilter.Any(EventFilter.VirtualMachines(), EventFilter.Hosts(), EventFilter.Images(), EventFilter.VirtualNetworks());
    }

    private static string Line(CloudEvent happened) => happened switch
    {
        VmStateChanged vm => $"vm\t{Text.Of(vm.Id)}\t{Text.Of(vm.State)}\t{(vm.State == VmState.Active ? Text.Of(vm.LcmState) : "")}",
        HostStateChanged host => $"host\t{Text.Of(host.Id)}\t{Text.Of(host.State)}",
        ImageStateChanged image => $"image\t{Text.Of(image.Id)}\t{Text.Of(image.State)}",
        VirtualNetworkStateChanged network => $"vnet\t{Text.Of(network.Id)}\t{Text.Of(network.State)}",
        Gap gap => $"gap\t{Text.Of(gap.Reason)}{(gap.Detail is null ? "" : $"\t{Screen.Cell(gap.Detail)}")}",
        _ => Screen.Cell(happened.ToString() ?? ""),
    };

    // One object a line, so that a program reads them as they come.
    private static string Json(CloudEvent happened)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Write(json, happened);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, CloudEvent happened)
    {
        switch (happened)
        {
            case VmStateChanged vm:
                WriteState(json, "vm", vm.Id, Text.Of(vm.State));
                json.WriteString("lcmState", Text.Of(vm.LcmState));
                json.WriteString("host", vm.RemoteHost);
                if (vm.ServiceId is { } service) json.WriteNumber("service", service);
                break;
            case HostStateChanged host:
                WriteState(json, "host", host.Id, Text.Of(host.State));
                break;
            case ImageStateChanged image:
                WriteState(json, "image", image.Id, Text.Of(image.State));
                break;
            case VirtualNetworkStateChanged network:
                WriteState(json, "vnet", network.Id, Text.Of(network.State));
                break;
            case Gap gap:
                json.WriteString("event", "gap");
                json.WriteString("reason", Text.Of(gap.Reason));
                json.WriteString("detail", gap.Detail);
                break;
            default:
                json.WriteString("event", happened.ToString());
                break;
        }
    }

    private static void WriteState(Utf8JsonWriter json, string kind, int id, string state)
    {
        json.WriteString("event", kind);
        json.WriteNumber("id", id);
        json.WriteString("state", state);
    }
}
