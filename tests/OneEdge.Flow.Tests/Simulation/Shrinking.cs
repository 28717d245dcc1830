namespace OneEdge.Flow.Tests.Simulation;

/// <summary>Finds a shorter run that fails alike.</summary>
internal static class Shrinking
{
    public static int[] Shortest(IReadOnlyList<int> made, int steps, Type failure)
    {
        int[] best = [.. made];
        for (int size = best.Length / 2; size > 0; size /= 2)
        {
            for (int at = 0; at + size <= best.Length;)
            {
                int[] shorter = [.. best[..at], .. best[(at + size)..]];
                if (Fails(shorter, steps, failure)) best = shorter;
                else at += size;
            }
        }

        for (int i = 0; i < best.Length; i++)
        {
            int kept = best[i];
            best[i] = 0;
            if (!Fails(best, steps, failure)) best[i] = kept;
        }

        return best;
    }

    public static string Describe(int[] choices, int steps)
    {
        ServiceSimulation? simulation = null;
        string end = "";
        try
        {
            simulation = new ServiceSimulation(Choices.Of(choices), keepsTrace: true);
            simulation.Run(steps);
        }
        catch (Exception e)
        {
            end = e.Message;
        }

        return $"choices: {string.Join(",", choices)}\n{string.Join("\n", simulation?.Trace ?? [])}\n{end}";
    }

    private static bool Fails(int[] choices, int steps, Type failure)
    {
        try
        {
            new ServiceSimulation(Choices.Of(choices)).Run(steps);
            return false;
        }
        catch (Exception e)
        {
            return e.GetType() == failure;
        }
    }
}
