using System.Globalization;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Lifecycle.Scripts;

/// <summary>
/// What happens in a story. Of the cloud: <c>vm 1 BOOT_FAILURE</c>, <c>vm 1 READY</c>, <c>vms RUNNING</c> (all of them), <c>created</c> (all that were
/// ordered), <c>created db 0</c>, <c>fails db 0 why</c>, <c>unsure db 0</c>, <c>accepted 1</c>, <c>refused terminate 1 why</c>,
/// <c>reads 1 RUNNING, 2 DONE, 9 RUNNING of db, net Own 101 READY</c>, <c>net Own 101</c> (made), <c>net Own fails why</c>,
/// <c>net 101 READY</c>, <c>net 101 refused why</c>.
/// Of people: <c>undeploy</c>, <c>recover</c>, <c>recover force</c>, <c>recover delete</c>, <c>scale db 2 force cooldown 5</c>, <c>release</c>,
/// <c>add web 1 &lt; db</c>, <c>remove web</c>, <c>action db poweroff 60 2</c> (period and number), <c>update without roles</c>, <c>rename new</c>.
/// Of the autoscaler: <c>policies db 2 cooldown 5</c>. And <c>wait 5</c>, <c>restart</c>, <c>lost</c>.
/// </summary>
internal static class ScriptEvents
{
    public static ServiceEvent Parse(string line, Service service)
    {
        string[] words = line.Split(' ');
        return words switch
        {
            ["vm", var id, var state] => Seen(Number(id), state),
            ["fails", var role, var number, .. var why] => new VmCreationFailed(role, Number(number), string.Join(' ', why)),
            ["unsure", var role, var number] => new VmCreationFailed(role, Number(number), "the connection broke", IsUncertain: true),
            ["accepted", var id] => new VmTerminationAccepted(Number(id)),
            ["refused", var call, var id, .. var why] => new VmCallRefused(Number(id), Call(call), string.Join(' ', why)),
            ["reads", ..] => Read(service.LastReading, line["reads".Length..]),
            ["net", ..] => Network(words),
            ["lost"] => new SynchronizationLost(),
            ["document", "failed"] => new DocumentDeletionFailed("no answer"),
            _ => Request(line, words, service),
        };
    }

    public static VmObserved Seen(int vm, string state)
    {
        bool? isReady = state == "READY" ? true : null;
        (VmState vmState, LcmState lcmState) = State(state);
        return new VmObserved(vm, vmState, lcmState, isReady);
    }

    public static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static ServiceRequest Request(string line, string[] words, Service service) => words switch
    {
        ["undeploy"] => new UndeployRequested(),
        ["recover"] => new RecoverRequested(),
        ["recover", "force"] => new RecoverRequested(RecoveryMode.Force),
        ["recover", "delete"] => new RecoverRequested(RecoveryMode.Delete),
        ["release"] => new ReleaseRequested(),
        ["scale", var role, var number, .. var rest] => new ScaleRequested(
            role, Number(number), rest.Contains("force"), rest is [.., "cooldown", var seconds] ? TimeSpan.FromSeconds(Number(seconds)) : null),
        ["add", ..] => new AddRoleRequested(ScriptServices.Role(line["add ".Length..])),
        ["remove", var role] => new RemoveRoleRequested(role),
        ["action", var role, var action] => new RoleActionRequested(role == "all" ? null : role, action),
        ["action", var role, var action, var arguments] => new RoleActionRequested(role == "all" ? null : role, action, arguments),
        ["action", var role, var action, var period, var number] =>
            new RoleActionRequested(role == "all" ? null : role, action, null, TimeSpan.FromSeconds(Number(period)), Number(number)),
        ["policies", var role, var number, .. var rest] => new PoliciesEvaluated(role, [], [], new ScaleRequested(
            role, Number(number), Cooldown: rest is ["cooldown", var seconds] ? TimeSpan.FromSeconds(Number(seconds)) : null)),
        ["rename", var name] => new DocumentChanged(name, service.Owner),
        ["update", "without", "roles"] => new DefinitionChanged(service with { Roles = [], State = ServiceState.Done }),
        _ => throw new ArgumentException($"Nobody knows what this means: {line}", nameof(line)),
    };

    private static ServiceEvent Network(string[] words) => words switch
    {
        [_, var id, "refused", .. var why] => new NetworkDeletionRefused(Number(id), string.Join(' ', why)),
        [_, var name, "fails", .. var why] => new NetworkCreationFailed(name, string.Join(' ', why)),
        [_, var name, "unsure"] => new NetworkCreationFailed(name, "the connection broke", IsUncertain: true),
        [_, var name, var second] when int.TryParse(second, CultureInfo.InvariantCulture, out int made) => new NetworkCreated(name, made),
        [_, var id, var condition] => new NetworkObserved(Number(id), Condition(condition)),
        _ => throw new ArgumentException(string.Join(' ', words), nameof(words)),
    };

    private static Synchronized Read(int number, string text)
    {
        string[][] items = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => item.Split(' '))];
        return new Synchronized(
            number,
            [.. items.Where(words => words[0] != "net").Select(ReadVm)],
            [.. items.Where(words => words[0] == "net").Select(words => new NetworkObservation(words[1], Number(words[2]), Condition(words[3])))]);
    }

    private static VmObservation ReadVm(string[] words)
    {
        (VmState state, LcmState lcmState) = State(words[1]);
        return new VmObservation(Number(words[0]), state, lcmState, words[1] == "READY") { RoleName = words is [_, _, "of", var role] ? role : null };
    }

    private static NetworkCondition Condition(string name) => name switch
    {
        "READY" => NetworkCondition.Ready,
        "ERROR" => NetworkCondition.Failed,
        "DONE" => NetworkCondition.Gone,
        _ => NetworkCondition.Busy,
    };

    private static VmCall Call(string name) => Enum.Parse<VmCall>(name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private static (VmState State, LcmState LcmState) State(string name)
    {
        string plain = name == "READY" ? "RUNNING" : name.Replace("_", "", StringComparison.Ordinal);
        return Enum.TryParse(plain, ignoreCase: true, out VmState state)
            ? (state, LcmState.LcmInit) : (VmState.Active, Enum.Parse<LcmState>(plain, ignoreCase: true));
    }
}
