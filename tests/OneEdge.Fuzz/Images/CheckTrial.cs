using OneEdge.Storage;

namespace OneEdge.Fuzz.Images;

/// <summary>Checks of an image, beside what reading it came to.</summary>
internal static class CheckTrial
{
    private const int MaxFindings = 5;

    /// <summary>Checks the image.</summary>
    /// <param name="layer">The image.</param>
    /// <param name="options">How it was opened.</param>
    /// <param name="wrong">Why its guest could not be mapped.</param>
    /// <param name="rows">The rows of the map of the guest, when it could.</param>
    public static void Run(Qcow2Layer layer, Qcow2OpenOptions options, StorageException? wrong, IReadOnlyList<GuestExtent>? rows)
    {
        if (Check(layer, options) is not { } result) return;
        OracleException.Check(result.IsClean == (result.FindingCount == 0), "a check that finds nothing is clean, and no other",
            () => $"{result}, {result.FindingCount}");
        OracleException.Check(Math.Min(Math.Min(result.Leaks, result.Corruptions), Math.Min(result.CheckErrors, result.ImageEndOffset)) >= 0,
            "counters are not negative", result.ToString);
        foreach (Qcow2CheckFinding finding in result.Findings.Take(MaxFindings))
            OracleException.Check(finding.Message.Length > 0, "a finding has a text", () => $"{finding.Kind}");
        if (result.FindingCount % 8 == 1) ImageViews.Check(result);
        if (wrong?.Code is StorageErrorCodes.CorruptTable && !IsUnknownToChecks(wrong))
        {
            OracleException.Check(result.Kind is Qcow2CheckKind.Corruptions or Qcow2CheckKind.Failed,
                "an image with a table that cannot be read is not called clean", () => $"{result}: {wrong}");
        }

        if (rows is not null && result.IsClean && layer.DataFile is null) CheckPlaces(layer, rows);
    }

    // qemu-img check finds nothing wrong with a zero cluster in version 2 either; reading it fails, there as here.
    private static bool IsUnknownToChecks(StorageException wrong) => wrong.Message.Contains("which version 2 does not know", StringComparison.Ordinal);

    private static Qcow2CheckResult? Check(Qcow2Layer layer, Qcow2OpenOptions options)
    {
        try
        {
            return new ImageChecker(layer, options.Limits, new OperationBudget(options, CancellationToken.None)).Check();
        }
        catch (StorageException e)
        {
            OracleException.Check(e.Code == StorageErrorCodes.LimitExceeded, "a check tells what is wrong, unless a limit is reached", () => $"{e}");
            return null;
        }
    }

    private static void CheckPlaces(Qcow2Layer layer, IReadOnlyList<GuestExtent> rows)
    {
        long end = Qcow2Sizes.RoundUp(layer.Source.Length, layer.Header.ClusterSize);
        foreach (GuestExtent row in rows)
        {
            OracleException.Check(row.Depth > 0 || row.Offset is not { } place || place + row.Length <= end,
                "what a clean image maps lies in its file", () => $"{row}, which ends at {end}");
        }
    }
}
