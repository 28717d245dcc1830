namespace OneEdge.Config.Tests.Conformance;

/// <summary>The rules by which we answer a recorded run differently on purpose; <c>docs/deviations.md</c> gives the reasons under the same names.</summary>
internal sealed record PatchDeviation(string Name, Func<PatchCase, PatchRun, bool> Selects, Action<PatchCase, PatchRun> Check);

internal static class PatchDeviations
{
    private static readonly PatchDeviation[] Rules =
    [
    ];

    public static PatchDeviation? Find(PatchCase run, PatchRun actual) => Array.Find(Rules, r => r.Selects(run, actual));
}
