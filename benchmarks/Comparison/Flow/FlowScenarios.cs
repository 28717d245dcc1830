using System.Diagnostics;
using System.Globalization;
using OneEdge.OpenNebula;

namespace OneEdge.Comparison.Flow;

/// <summary>What services do, timed, each beside the same virtual machines without services.</summary>
/// <param name="flow">What runs the services.</param>
/// <param name="one">The cloud; null when only the services can be seen.</param>
/// <param name="vmTemplate">The template of all virtual machines.</param>
/// <param name="limit">How long one thing may take.</param>
internal sealed class FlowScenarios(IFlow flow, OpenNebulaClient? one, int vmTemplate, TimeSpan limit)
{
    private const int StateRunning = 2;
    private const int Rounds = 20;
    private static readonly int[] Failures = [6, 7, 9, 13, 14];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    // Delays of events are known to this length only.
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(1);

    private readonly CoreAlone? _core = one is null ? null : new CoreAlone(one, vmTemplate);
    private readonly List<int> _services = [];

    public async Task RunAsync()
    {
        Console.WriteLine("| work | services | core alone | calls |");
        Console.WriteLine("|---|---|---|---|");
        try
        {
            await ManyAsync(10, 5);
            await ManyAsync(50, 2);
            await StraightAsync();
            await ScaledAsync();
            if (one is not null) await EventsAsync(one);
        }
        finally
        {
            await CleanAsync();
        }
    }

    private async Task ManyAsync(int services, int machines)
    {
        string template = Template($"many-{services}", Role("role", machines));
        long? before = flow.Calls;
        TimeSpan? up = await TimeAsync(async ct =>
        {
            await Parallel.ForAsync(0, services, ct, async (_, inner) => await StartAsync(template, inner));
            await RunningAsync(ct);
        });
        long? calls = await CallsSinceAsync(before);
        IReadOnlyList<int> ids = [];
        TimeSpan? core = await CoreAsync(async ct => ids = await _core!.UpAsync(services * machines, ct));
        Row($"{services} services x {machines} VMs to RUNNING", up, core, calls);
        before = flow.Calls;
        TimeSpan? down = await TimeAsync(GoneAsync);
        calls = await CallsSinceAsync(before);
        core = await CoreAsync(ct => _core!.DownAsync(ids, ct));
        Row($"{services} services x {machines} VMs to gone", down, core, calls);
    }

    // With what is written down afterwards.
    private async Task<long?> CallsSinceAsync(long? before)
    {
        if (before is not null) await Task.Delay(TimeSpan.FromSeconds(1));
        return flow.Calls - before;
    }

    private async Task StraightAsync()
    {
        string[] roles = [.. Enumerable.Range(0, 4).Select(i => Role($"role{i}", 3, i == 0 ? [] : [$"role{i - 1}"]))];
        TimeSpan? up = await TimeAsync(async ct =>
        {
            await StartAsync(Template("straight", roles), ct);
            await RunningAsync(ct);
        });
        List<int> ids = [];
        TimeSpan? core = await CoreAsync(async ct =>
        {
            for (int i = 0; i < roles.Length; i++) ids.AddRange(await _core!.UpAsync(3, ct));
        });
        Row("1 straight service, 4 roles x 3 VMs, to RUNNING", up, core, null);
        await TimeAsync(GoneAsync);
        await CoreAsync(ct => _core!.DownAsync(ids, ct));
    }

    private async Task ScaledAsync()
    {
        int id = -1;
        await TimeAsync(async ct =>
        {
            id = await StartAsync(Template("scaled", Role("role", 1)), ct);
            await RunningAsync(ct);
        });
        TimeSpan? up = await TimeAsync(ct => ScaleAsync(id, 50, ct));
        IReadOnlyList<int> ids = [];
        TimeSpan? core = await CoreAsync(async ct => ids = await _core!.UpAsync(49, ct));
        Row("scale a role from 1 to 50", up, core, null);

        // The original scales nothing while a role rests.
        await TimeAsync(RunningAsync);
        TimeSpan? down = await TimeAsync(ct => ScaleAsync(id, 1, ct));
        core = await CoreAsync(ct => _core!.DownAsync(ids, ct));
        Row("scale a role from 50 to 1", down, core, null);
        await TimeAsync(GoneAsync);
    }

    /// <summary>From the moment at which a machine is seen halted, or running again, to the moment at which its role shows it.</summary>
    private async Task EventsAsync(OpenNebulaClient cloud)
    {
        int id = -1;
        await TimeAsync(async ct =>
        {
            id = await StartAsync(Template("events", Role("role", 5)), ct);
            await RunningAsync(ct);
        });
        List<TimeSpan> delays = [];
        int missed = 0;
        for (int i = 0; i < Rounds; i++)
        {
            FlowRole role = await flow.RoleAsync(id, CancellationToken.None);
            int vm = role.Machines[i % role.Machines.Count];
            await cloud.VirtualMachines.PowerOffAsync(vm, hard: true);
            Note(await DelayAsync(cloud, id, vm, seen => seen.State == VmState.PowerOff, FlowRole.Warning));
            await cloud.VirtualMachines.ResumeAsync(vm);
            Note(await DelayAsync(cloud, id, vm, seen => seen.LcmState == LcmState.Running, FlowRole.Running));
        }

        delays.Sort();
        string Milliseconds(double part) => delays.Count == 0 ? "-" : string.Create(
            CultureInfo.InvariantCulture, $"{delays[Math.Min(delays.Count - 1, (int)(part * delays.Count))].TotalMilliseconds:0} ms");
        Console.WriteLine($"| VM event to role, {2 * Rounds} events: median, p95, missed | {Milliseconds(0.5)}, {Milliseconds(0.95)}, {missed} | - | - |");
        await TimeAsync(GoneAsync);

        void Note(TimeSpan? delay)
        {
            if (delay is { } known) delays.Add(known);
            else missed++;
        }
    }

    private async Task<TimeSpan?> DelayAsync(OpenNebulaClient cloud, int service, int vm, Func<VirtualMachine, bool> isThere, int state)
    {
        long? happened = null;
        long? shown = null;
        await TimeAsync(ct => Task.WhenAll(
            UntilAsync(async () => isThere(await cloud.VirtualMachines.GetAsync(vm, cancellationToken: ct)), ct, ShortPause).ContinueWith(
                seen => happened = seen.IsCompletedSuccessfully ? Stopwatch.GetTimestamp() : null, TaskScheduler.Default),
            UntilAsync(async () => (await flow.RoleAsync(service, ct)).State == state, ct, ShortPause).ContinueWith(
                seen => shown = seen.IsCompletedSuccessfully ? Stopwatch.GetTimestamp() : null, TaskScheduler.Default)));
        if (happened is not { } from || shown is not { } to) return null;
        return to > from ? Stopwatch.GetElapsedTime(from, to) : TimeSpan.Zero;
    }

    private async Task<int> StartAsync(string template, CancellationToken cancellationToken)
    {
        int id = await flow.StartAsync(template, cancellationToken);
        lock (_services) _services.Add(id);
        return id;
    }

    private async Task ScaleAsync(int service, int cardinality, CancellationToken cancellationToken)
    {
        await flow.ScaleAsync(service, "role", cardinality, cancellationToken);
        await UntilAsync(async () => (await flow.RoleAsync(service, cancellationToken)).Has(cardinality), cancellationToken);
    }

    private Task RunningAsync(CancellationToken cancellationToken) => UntilAsync(
        async () =>
        {
            IReadOnlyDictionary<int, int> states = await flow.StatesAsync(cancellationToken);
            int[] mine = [.. Mine().Select(id => states.GetValueOrDefault(id, -1))];
            if (mine.FirstOrDefault(Failures.Contains) is not 0 and var failed) throw new InvalidOperationException($"A service is in state {failed}.");
            return mine.All(state => state == StateRunning);
        },
        cancellationToken);

    private async Task GoneAsync(CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(Mine(), cancellationToken, async (id, ct) => await flow.UndeployAsync(id, ct));
        await UntilAsync(
            async () =>
            {
                IReadOnlyDictionary<int, int> states = await flow.StatesAsync(cancellationToken);
                return !Mine().Any(states.ContainsKey);
            },
            cancellationToken);
        lock (_services) _services.Clear();
    }

    private int[] Mine()
    {
        lock (_services) return [.. _services];
    }

    private static async Task UntilAsync(Func<Task<bool>> isReached, CancellationToken cancellationToken, TimeSpan? pause = null)
    {
        while (!await isReached()) await Task.Delay(pause ?? Pause, cancellationToken);
    }

    private Task<TimeSpan?> CoreAsync(Func<CancellationToken, Task> work) => _core is null ? Task.FromResult<TimeSpan?>(null) : TimeAsync(work);

    /// <summary>How long something took; null when it took longer than the limit.</summary>
    private async Task<TimeSpan?> TimeAsync(Func<CancellationToken, Task> work)
    {
        using var stop = new CancellationTokenSource(limit);
        var clock = Stopwatch.StartNew();
        try
        {
            await work(stop.Token);
            return clock.Elapsed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task CleanAsync()
    {
        if (Mine().Length > 0) await TimeAsync(GoneAsync);
        if (Mine() is { Length: > 0 } left) Console.Error.WriteLine($"Services that are left: {string.Join(' ', left)}");
        await flow.CleanAsync(CancellationToken.None);
        if (_core is not null) await _core.CleanAsync(CancellationToken.None);
    }

    private void Row(string name, TimeSpan? time, TimeSpan? core, long? calls)
    {
        string Cell(TimeSpan? value) => value is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalSeconds:0.000} s")
            : string.Create(CultureInfo.InvariantCulture, $"over {limit.TotalSeconds:0} s");
        Console.WriteLine($"| {name} | {Cell(time)} | {(_core is null ? "-" : Cell(core))} | {calls?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} |");
    }

    private string Role(string name, int cardinality, params string[] parents) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"name":"{{name}}","cardinality":{{cardinality}},"vm_template":{{vmTemplate}},"cooldown":1{{Parents(parents)}}}""");

    private static string Parents(string[] parents) => parents.Length == 0 ? "" : $",\"parents\":[\"{string.Join("\",\"", parents)}\"]";

    private static string Template(string name, params string[] roles) =>
        $$"""{"name":"figures-{{name}}","deployment":"straight","roles":[{{string.Join(',', roles)}}]}""";
}
