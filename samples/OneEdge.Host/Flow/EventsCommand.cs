using System.CommandLine;
using System.Text.Json;
using OneEdge.Flow;
using OneEdge.Host.Cli;
using OneEdge.Host.One;

namespace OneEdge.Host.Flow;

/// <summary><c>oneedge flow events</c>: what happens to a service, as it happens.</summary>
internal static class EventsCommand
{
    public static HostCommand Create(HostIo io)
    {
        var service = new Target(FlowKind.Service);
        var count = new Option<int?>("--count") { Description = "Ends after so many lines.", HelpName = "N" };
        Limits.Apply(count, 1, int.MaxValue);
        var command = new HostCommand(
            "events",
            "Follows a service: first how it is, then what changes, until it is gone or this is interrupted. A server that sends no events is looked at over "
            + "and over: what changes back in between is not seen.",
            "flow events web", "flow events 5 --json");
        return FlowCall.Command(io, command.With(service.Argument, count), async (call, cancellationToken) =>
        {
            int id = await service.FindAsync(call, cancellationToken);
            int left = call.Value(count) ?? int.MaxValue;
            await foreach (ServiceNotification happened in call.Services.WatchAsync(id, cancellationToken))
            {
                io.Out.WriteLine(call.IsJson ? JsonLine.Of(json => Write(json, happened)) : Line(happened));
                await io.Out.FlushAsync(cancellationToken);
                if (--left <= 0) break;
            }

            return ExitCode.Done;
        });
    }

    private static string Line(ServiceNotification happened) => happened switch
    {
        ServiceStateNotification service => $"service\t{FlowText.Of(service.State)}",
        RoleStateNotification role => $"role\t{Screen.Cell(role.RoleName)}\t{FlowText.Of(role.State)}",
        VmAddedNotification vm => $"vm\t{Screen.Cell(vm.RoleName)}\t{One.Text.Of(vm.VmId)}\tadded",
        VmRemovedNotification vm => $"vm\t{Screen.Cell(vm.RoleName)}\t{One.Text.Of(vm.VmId)}\tremoved",
        VmConditionNotification vm => $"vm\t{Screen.Cell(vm.RoleName)}\t{One.Text.Of(vm.VmId)}\t{One.Text.Of(vm.Condition)}",
        ServiceLogNotification log => $"log\t{FlowText.Of(log.Entry.Time)}\t{Screen.Cell(log.Entry.Severity)}\t{Screen.Cell(log.Entry.Message)}",
        _ => "gone",
    };

    private static void Write(Utf8JsonWriter json, ServiceNotification happened)
    {
        json.WriteNumber("service", happened.ServiceId);
        switch (happened)
        {
            case ServiceStateNotification service:
                json.WriteString("event", "service");
                json.WriteString("state", FlowText.Of(service.State));
                break;
            case RoleStateNotification role:
                json.WriteString("event", "role");
                json.WriteString("role", role.RoleName);
                json.WriteString("state", FlowText.Of(role.State));
                break;
            case VmAddedNotification vm:
                WriteMachine(json, vm.RoleName, vm.VmId, "added");
                break;
            case VmRemovedNotification vm:
                WriteMachine(json, vm.RoleName, vm.VmId, "removed");
                break;
            case VmConditionNotification vm:
                WriteMachine(json, vm.RoleName, vm.VmId, One.Text.Of(vm.Condition));
                break;
            case ServiceLogNotification log:
                json.WriteString("event", "log");
                json.WriteString("time", log.Entry.Time);
                json.WriteString("severity", log.Entry.Severity);
                json.WriteString("message", log.Entry.Message);
                break;
            default:
                json.WriteString("event", "gone");
                break;
        }
    }

    private static void WriteMachine(Utf8JsonWriter json, string role, int vm, string state)
    {
        json.WriteString("event", "vm");
        json.WriteString("role", role);
        json.WriteNumber("vm", vm);
        json.WriteString("state", state);
    }
}
