using System.Globalization;
using System.Text;
using OneEdge.Flow;
using OneEdge.Flow.Client;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary>Services on a terminal, drawn over what was there: a bar for each role, its virtual machines behind it.</summary>
/// <param name="io">The outside.</param>
/// <param name="server">The server.</param>
internal sealed class TopTerminal(HostIo io, string server) : ITopScreen
{
    // Beyond, a part of the bar is several virtual machines.
    private const int BarWidth = 20;
    private const string Begin = "\e[?1049h\e[?25l";
    private const string End = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string RestOfLine = "\e[K";
    private const string RestOfScreen = "\e[J";

    private bool _hasBegun;
    private IReadOnlyList<string> _last = [];

    public void Show(IReadOnlyList<OneFlowService> services, Func<int, VmCondition?>? live = null)
    {
        _last = Lines(services, live);
        var frame = new StringBuilder(_hasBegun ? "" : Begin).Append(Home);
        _hasBegun = true;
        foreach (string line in _last.Take(Math.Max(1, io.Height - 1))) frame.Append(line).Append(RestOfLine).Append('\n');
        io.Out.Write(frame.Append(RestOfScreen).ToString());
    }

    // What was seen last stays on the screen that was there before.
    public void Dispose()
    {
        if (!_hasBegun) return;
        io.Out.Write(End);
        foreach (string line in _last) io.Out.WriteLine(line);
        io.Out.Flush();
    }

    /// <summary>The virtual machines of a role, each with how it is.</summary>
    public static string MachinesOf(Role role, Func<int, VmCondition?>? live) =>
        string.Join(", ", role.Nodes.Select(node => $"{One.Text.Of(node.VmId)} {FlowText.Of(node, live?.Invoke(node.VmId))}"));

    /// <summary>A bar of what a role has: full for deployed, half for what is coming or leaving, dots for what it lacks.</summary>
    public static string Bar(Role role)
    {
        int deployed = role.Nodes.Count(node => node is { IsLeaving: false, IsDeployed: true });
        int moving = role.Nodes.Length - deployed;
        int lacking = Math.Max(0, role.Cardinality - role.Nodes.Length);
        int all = deployed + moving + lacking;
        if (all > BarWidth)
        {
            int whole = all;
            (deployed, moving) = (Part(deployed), Part(moving));
            lacking = BarWidth - deployed - moving;

            // What there is of shows, be it little.
            int Part(int number) => number == 0 ? 0 : Math.Max(1, (int)((long)number * (BarWidth - 2) / whole));
        }

        return new string('█', deployed) + new string('▒', moving) + new string('·', lacking);
    }

    private List<string> Lines(IReadOnlyList<OneFlowService> services, Func<int, VmCondition?>? live)
    {
        List<string> lines = [string.Create(CultureInfo.InvariantCulture, $"\e[1m{services.Count} services at {server}\e[0m"), ""];
        foreach (OneFlowService service in services)
        {
            lines.Add($"\e[1m{Head(service)}\e[0m  {Coloured(FlowText.Of(service.State))}");
            if (service.Problem is { } problem) lines.Add($"    {Fit(Screen.Cell(problem), io.Width - 4)}");
            AddRoles(service.Service, live, lines);
            lines.Add("");
        }

        return lines;
    }

    private void AddRoles(Service? service, Func<int, VmCondition?>? live, List<string> lines)
    {
        if (service is null) return;
        int names = Math.Min(24, service.Roles.Select(role => role.Name.Length).DefaultIfEmpty().Max());
        foreach (Role role in service.Roles)
        {
            string state = FlowText.Of(role.State);
            string name = Fit(Screen.Cell(role.Name), names).PadRight(names);
            string head = $"    {name}  {state,-18}  {FlowText.Machines(role),7}  {Bar(role).PadRight(BarWidth)}  ";
            int room = Math.Max(0, io.Width - head.Length - 1);
            lines.Add(head.Replace(state, Coloured(state), StringComparison.Ordinal) + Fit(MachinesOf(role, live), room));
        }
    }

    // The longest state comes behind it.
    private string Head(OneFlowService service) => Fit($"{One.Text.Of(service.Id)}  {Screen.Cell(service.Name)}", Math.Max(10, io.Width - 26));

    private static string Fit(string text, int width) => text.Length <= width ? text : width < 1 ? "" : text[..(width - 1)] + "…";

    private static string Coloured(string state)
    {
        string colour = state switch
        {
            "RUNNING" => "32",
            "WARNING" or "HOLD" or "COOLDOWN" => "33",
            _ when state.StartsWith("FAILED", StringComparison.Ordinal) => "31",
            _ => "36",
        };
        return $"\e[{colour}m{state}\e[0m";
    }
}
