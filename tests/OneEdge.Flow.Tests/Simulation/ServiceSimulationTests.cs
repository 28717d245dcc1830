using System.Diagnostics;
using System.Globalization;

namespace OneEdge.Flow.Tests.Simulation;

/// <summary>Services in a world in which everything goes wrong; see <see cref="ServiceSimulation"/>.</summary>
public sealed class ServiceSimulationTests(ITestOutputHelper output)
{
    private const int StepsOfARun = 400;

    // ONEEDGE_FLOW_STEPS asks for more than each run of the tests has time for.
    private static readonly long Steps =
        long.TryParse(Environment.GetEnvironmentVariable("ONEEDGE_FLOW_STEPS"), CultureInfo.InvariantCulture, out long steps) ? steps : 1_000_000;

    private static readonly int FirstSeed =
        int.TryParse(Environment.GetEnvironmentVariable("ONEEDGE_FLOW_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : 1;

    [Fact]
    public void Whatever_happens_nothing_is_lost_and_every_service_comes_to_rest()
    {
        long steps = 0;
        var time = Stopwatch.StartNew();
        int seed = FirstSeed;
        for (; steps < Steps; seed++) steps += RunSeed(seed);
        output.WriteLine($"{steps:N0} steps of {seed - FirstSeed:N0} services, seeds {FirstSeed} to {seed - 1}, in {time.Elapsed.TotalSeconds:F1} s");
    }

    private int RunSeed(int seed)
    {
        Choices choices = Choices.OfSeed(seed);
        try
        {
            var simulation = new ServiceSimulation(choices);
            simulation.Run(StepsOfARun);
            return simulation.Steps;
        }
        catch (Exception e)
        {
            int[] shortest = Shrinking.Shortest(choices.Made, StepsOfARun, e.GetType());
            throw new InvalidOperationException($"seed {seed}: {e.Message}\n{Shrinking.Describe(shortest, StepsOfARun)}", e);
        }
    }
}
