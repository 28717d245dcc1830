using System.Diagnostics;
using System.Globalization;
using OneEdge.Benchmarks;
using OneEdge.Flow.Lifecycle;

namespace OneEdge.Comparison.Flow;

/// <summary>Steps of the life cycle, by the processor time that they take: what else the machine does hardly counts.</summary>
internal static class MachineFigures
{
    private const int Rounds = 10;
    private const int Lives = 10_000;

    public static void Run()
    {
        ServiceEvent[] life = [.. FlowLife.Events()];
        var process = Process.GetCurrentProcess();
        Console.WriteLine("| round | events | CPU | events a CPU second | allocated an event |");
        Console.WriteLine("|---|---|---|---|---|");
        for (int round = 1; round <= Rounds; round++)
        {
            process.Refresh();
            TimeSpan cpu = process.TotalProcessorTime;
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Lives; i++) FlowLife.Run(FlowLife.New, life);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            process.Refresh();
            double seconds = (process.TotalProcessorTime - cpu).TotalSeconds;
            long events = (long)Lives * life.Length;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {round} | {events} | {seconds:0.00} s | {events / seconds:0} | {allocated / events} B |"));
        }
    }
}
