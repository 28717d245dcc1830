using System.CommandLine;
using OneEdge.Flow.Client;
using OneEdge.Host.Cli;
using OneEdge.Host.One;

namespace OneEdge.Host.Flow;

/// <summary><c>oneedge flow top</c>: services, roles and virtual machines as they are, again and again.</summary>
internal static class TopCommand
{
    public static HostCommand Create(HostIo io)
    {
        var service = new Argument<string?>("SERVICE") { Description = "One service, by its id or name; else all.", Arity = ArgumentArity.ZeroOrOne };
        var interval = new Option<double>("--interval", "-d")
        {
            Description = "How often to look, in seconds.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 2,
        };
        var count = new Option<int?>("--count", "-n") { Description = "Ends after so many looks.", HelpName = "N" };
        Limits.Apply(interval, 0.001, 86_400);
        Limits.Apply(count, 1, int.MaxValue);
        var command = new HostCommand(
            "top",
            "Follows services, their roles and virtual machines; of one service, how its virtual machines are at this moment. A terminal shows them as they are; elsewhere each line tells something that changed, or a "
            + "JSON object each look. Ends when the service is gone, or when it is interrupted.",
            "flow top", "flow top web --interval 1", "flow top 5 --count 1 --json");
        return FlowCall.Command(io, command.With(service, interval, count), async (call, cancellationToken) =>
        {
            int? id = call.Parsed.GetValue(service) is { } text ? await Target.FindAsync(FlowKind.Service, call, text, cancellationToken) : null;
            ITopScreen screen = call.IsJson ? new TopJson(io) : io.IsRich ? new TopTerminal(io, call.Client.Endpoint.ToString()) : new TopLines(io);
            int looks = call.Value(count) ?? int.MaxValue;
            using (screen) return await RunAsync(call, id, screen, TimeSpan.FromSeconds(call.Value(interval)), looks, cancellationToken);
        });
    }

    private static async Task<int> RunAsync(FlowCall call, int? id, ITopScreen screen, TimeSpan interval, int looks, CancellationToken cancellationToken)
    {
        await using LiveMachines? live = id is { } watched ? new LiveMachines(call.Services, watched) : null;
        for (int look = 0; ; look++)
        {
            IReadOnlyList<OneFlowService> services;
            try
            {
                services = id is { } one ? [await call.Services.GetAsync(one, cancellationToken)] : await call.Services.ListAsync(cancellationToken);
            }
            catch (OneFlowRefusedException error) when (look > 0 && error.Kind == OneFlowRefusal.NotFound)
            {
                services = [];
            }

            if (look == 0 && live is not null) await live.KnowAsync(MachinesOf(services), cancellationToken);
            screen.Show([.. services.OrderBy(service => service.Id)], live is null ? null : live.Of);
            await call.Io.Out.FlushAsync(cancellationToken);
            if (look + 1 >= looks || (id is not null && services.Count == 0)) return ExitCode.Done;
            await Task.Delay(interval, cancellationToken);
        }
    }

    private static int[] MachinesOf(IEnumerable<OneFlowService> services) =>
        [.. services.SelectMany(s => s.Service?.Roles ?? []).SelectMany(r => r.Nodes).Select(n => n.VmId)];
}
