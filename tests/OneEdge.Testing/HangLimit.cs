using System.Diagnostics;

namespace OneEdge.Testing;

/// <summary>Tells a reader that hangs, or takes time that grows with the square of its input, from one on a slow machine.</summary>
public static class HangLimit
{
    /// <summary>What no test comes near, however loaded its machine is; how fast something is, benchmarks tell.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromMinutes(2);

    /// <summary>Fails when more time has gone by than anything but a hang takes.</summary>
    /// <param name="clock">Runs since the start.</param>
    public static void AssertNotReached(Stopwatch clock) => Assert.True(clock.Elapsed < Time, $"It took {clock.Elapsed}.");
}
