using OneEdge.Flow.Lifecycle;

namespace OneEdge.Flow.Tests.Lifecycle.Scripts;

/// <summary>Commands and log entries as the lines of a story have them.</summary>
internal static class ScriptText
{
    private const string NewState = "New state: ";

    public static string Of(ServiceCommand command, DateTimeOffset now) => command switch
    {
        CreateVm c => $"create {c.RoleName} {c.Number}{(c.OnHold ? " held" : "")}",
        CallVm c => $"{Of(c.Call)} {c.VmId}",
        ScheduleVmAction c => $"schedule {c.Action}{(c.Arguments is null ? "" : $" ({c.Arguments})")} of {c.VmId} in {(int)(c.Time - now).TotalSeconds} s",
        CreateNetwork c => $"make {c.Name}",
        RecoverNetwork c => $"mend network {c.NetworkId}",
        DeleteNetwork c => $"delete network {c.NetworkId}",
        Synchronize => "read",
        DeleteDocument => "delete document",
        _ => throw new ArgumentException($"{command}", nameof(command)),
    };

    public static string Log(Service service) => string.Join(" | ", service.Log.Select(entry =>
        entry.Severity == "I" && entry.Message.StartsWith(NewState, StringComparison.Ordinal)
            ? entry.Message[NewState.Length..] : $"{entry.Severity} {entry.Message}"));

    private static string Of(VmCall call) => call switch
    {
        VmCall.TerminateHard => "terminate-hard",
        _ => call.ToString().ToLowerInvariant(),
    };
}
