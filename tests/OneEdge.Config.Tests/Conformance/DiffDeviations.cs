namespace OneEdge.Config.Tests.Conformance;

/// <summary>The rules by which we compare two files differently on purpose; <c>docs/deviations.md</c> gives the reasons under the same names.</summary>
internal sealed record DiffDeviation(string Name, Func<DiffRun, bool> Selects, Action<DiffRun> Check);

internal static class DiffDeviations
{
    private static readonly DiffDeviation[] Rules =
    [
    ];

    public static DiffDeviation? Find(DiffRun run) => Array.Find(Rules, r => r.Selects(run));
}
