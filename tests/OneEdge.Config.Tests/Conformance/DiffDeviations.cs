namespace OneEdge.Config.Tests.Conformance;

/// <summary>A rule by which we compare two files differently on purpose; <c>docs/deviations.md</c> gives the reason under the same name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Selects">Whether a comparison is one of them.</param>
/// <param name="Check">What must hold instead.</param>
internal sealed record DiffDeviation(string Name, Func<DiffRun, bool> Selects, Action<DiffRun> Check);

internal static class DiffDeviations
{
    public static IReadOnlyList<DiffDeviation> Rules { get; } =
    [
        new(
            "shell-statements-do-not-stop-the-diff",
            run => run.Format == ConfigFormat.Shell && (run.OriginalFails || run.ExpectedLine.Contains(" @", StringComparison.Ordinal)),
            run => run.AssertRoundTrips()),
        new("removed-values-are-printed", RemovesKnownValues, run =>
        {
            run.AssertSameOperations();
            run.AssertSameLinesWithoutRemovedValues();
            run.AssertSameWarnings();
            run.AssertRoundTripsAtLeastAsGood();
        }),
        new("ordered-lists-round-trip", run => run.Format == ConfigFormat.YamlStrict && run.OriginalLosesData, run => run.AssertRoundTrips()),
        new(
            "crlf-is-no-part-of-a-value",
            run => run.Old.ToString().Contains("\r\n", StringComparison.Ordinal) && run.Format != ConfigFormat.Text,
            run => run.AssertRoundTrips()),
    ];

    public static DiffDeviation? Find(DiffRun run) => Rules.FirstOrDefault(r => r.Selects(run));

    private static bool RemovesKnownValues(DiffRun run) => run.Format == ConfigFormat.Oned
        && run.Diff.Changes.Any(c => c is { Kind: ChangeKind.Remove, Key: not null, Old: not null, Multiple: not null }
            && OneEdge.Config.Formats.OnedSchema.IsMultipleName(c));
}
