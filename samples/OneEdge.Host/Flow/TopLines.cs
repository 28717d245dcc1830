using OneEdge.Flow;
using OneEdge.Flow.Client;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary>A line for each service and role that is other than at the last look.</summary>
/// <param name="io">The outside.</param>
internal sealed class TopLines(HostIo io) : ITopScreen
{
    private Dictionary<string, string> _shown = [];

    public void Show(IReadOnlyList<OneFlowService> services, Func<int, VmCondition?>? live = null)
    {
        Dictionary<string, string> now = [];
        foreach (OneFlowService service in services)
        {
            string id = One.Text.Of(service.Id);
            now[id] = $"service\t{id}\t{Screen.Cell(service.Name)}\t{FlowText.Of(service.State)}";
            foreach (Role role in service.Service?.Roles ?? []) now[$"{id} {role.Name}"] = Line(id, role, live);
        }

        foreach ((string key, string line) in now)
        {
            if (_shown.GetValueOrDefault(key) != line) io.Out.WriteLine(line);
        }

        foreach (string key in _shown.Keys.Where(key => !now.ContainsKey(key)))
            io.Out.WriteLine(key.Split(' ', 2) is [var id, var role] ? $"role\t{id}\t{Screen.Cell(role)}\tgone" : $"service\t{key}\t\tgone");
        _shown = now;
    }

    public void Dispose()
    {
    }

    private static string Line(string id, Role role, Func<int, VmCondition?>? live) =>
        $"role\t{id}\t{Screen.Cell(role.Name)}\t{FlowText.Of(role.State)}\t{FlowText.Machines(role)}\t{TopTerminal.MachinesOf(role, live)}";
}
