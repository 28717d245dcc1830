using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using OneEdge.Flow;
using OneEdge.OpenNebula;

namespace OneEdge.Comparison.Flow;

/// <summary>Many services in this process, up and down: how long, how much.</summary>
internal sealed class EmbeddedFigures(int services, int machines, bool isSqlite, bool showsCalls)
{
    private const int Idle = 2;

    /// <summary>The head of the table.</summary>
    public static void Head()
    {
        Console.WriteLine(
            "| services x VMs, documents | to RUNNING | idle: calls, CPU a second, threads | to gone | CPU | CPU a service | peak memory | allocated | calls "
            + "| document writes |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
    }

    /// <summary>Measures and prints one row.</summary>
    public async Task RunAsync()
    {
        using var writes = new WriteCounter();
        var process = Process.GetCurrentProcess();
        await using EmbeddedFlow flow = await EmbeddedFlow.StartAsync(isSqlite);
        TimeSpan cpu = process.TotalProcessorTime;
        long allocated = GC.GetTotalAllocatedBytes();
        var clock = Stopwatch.StartNew();
        int[] ids = await StartAsync(flow);
        foreach (int id in ids) await flow.Engine.WaitForAsync(id, ServiceState.Running);
        double up = clock.Elapsed.TotalSeconds;
        string idle = await IdleAsync(flow, process);
        process.Refresh();
        clock.Restart();
        await StopAsync(flow, ids);
        double down = clock.Elapsed.TotalSeconds;
        process.Refresh();
        double seconds = (process.TotalProcessorTime - cpu).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {services} x {machines}, {(isSqlite ? "SQLite" : "in memory")} | {up:0.00} s | {idle} | {down:0.00} s "
            + $"| {seconds:0.0} s | {1000 * seconds / services:0.00} ms "
            + $"| {process.PeakWorkingSet64 >> 20} MiB | {allocated >> 20} MiB | {flow.Rpc.Total} | {writes.Count} |"));
        if (!showsCalls) return;
        foreach ((string method, int count) in flow.Rpc.Counts.OrderByDescending(c => c.Value)) Console.WriteLine($"{count,9} {method}");
    }

    private async Task<int[]> StartAsync(EmbeddedFlow flow)
    {
        ServiceTemplate template = EmbeddedFlow.Template(machines);
        int[] ids = new int[services];
        await Parallel.ForAsync(0, services, async (i, ct) => ids[i] = await flow.Engine.InstantiateAsync(template, cancellationToken: ct));
        return ids;
    }

    private static async Task<string> IdleAsync(EmbeddedFlow flow, Process process)
    {
        // What deployment left to do is done by then.
        await Task.Delay(TimeSpan.FromSeconds(1));
        process.Refresh();
        (long calls, TimeSpan cpu) = (flow.Rpc.Total, process.TotalProcessorTime);
        await Task.Delay(TimeSpan.FromSeconds(Idle));
        process.Refresh();
        double busy = (process.TotalProcessorTime - cpu).TotalMilliseconds / Idle;
        return string.Create(CultureInfo.InvariantCulture, $"{flow.Rpc.Total - calls}, {busy:0} ms, {process.Threads.Count}");
    }

    private static async Task StopAsync(EmbeddedFlow flow, int[] ids)
    {
        Task[] gone = [.. ids.Select(id => flow.Engine.WaitForAsync(id, ServiceState.Done))];
        await Parallel.ForEachAsync(ids, async (id, ct) => await flow.Engine.UndeployAsync(id, ct));
        await Task.WhenAll(gone);
        if ((await flow.Engine.ListAsync()).Count > 0) throw new InvalidOperationException("There are services left.");
        await foreach (VirtualMachine vm in flow.Client.VirtualMachines.ListAsync())
            throw new InvalidOperationException($"Virtual machine {vm.Id} is left.");
    }

    private sealed class WriteCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _count;

        public WriteCounter()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == FlowTelemetry.SourceName && instrument.Name == "oneedge.flow.writes") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _count, value));
            _listener.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
