using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OneEdge.TestProgram;

/// <summary>Processes with children that are hard to get rid of. Each prints its number on its own line.</summary>
internal static class Tree
{
    internal static int Sleep(bool stubborn)
    {
        using PosixSignalRegistration? ignored = stubborn ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true) : null;
        // In one write: three processes share the output, and a number and its line end written apart mix with those of another.
        Console.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    /// <summary>This process, a child, and a grandchild whose parent has ended.</summary>
    internal static int Spawn(string mode)
    {
        using Process child = Start(mode);
        using Process between = Start("spawn-orphan", mode);
        between.WaitForExit();
        return Sleep(mode == "sleep-stubborn");
    }

    internal static int SpawnOrphan(string mode)
    {
        using Process orphan = Start(mode);
        return 0;
    }

    // The output is inherited, so that every number arrives at the test.
    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { UseShellExecute = false })!;
}
