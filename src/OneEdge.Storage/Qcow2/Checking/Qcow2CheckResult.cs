using System.Globalization;

namespace OneEdge.Storage;

/// <summary>What a check of an image found; the counters are those of <c>qemu-img check</c>.</summary>
public sealed record Qcow2CheckResult
{
    /// <summary>The image, as it was named.</summary>
    public required string File { get; init; }

    /// <summary>What the check came to.</summary>
    public Qcow2CheckKind Kind => CheckErrors > 0 ? Qcow2CheckKind.Failed
        : Corruptions > 0 ? Qcow2CheckKind.Corruptions
        : Leaks > 0 ? Qcow2CheckKind.Leaks
        : Qcow2CheckKind.Clean;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsClean => Kind == Qcow2CheckKind.Clean;

    /// <summary>Where the last cluster in use ends, in bytes; 0 when the check failed before that was known.</summary>
    public long ImageEndOffset { get; init; }

    /// <summary>The virtual size in clusters.</summary>
    public long TotalClusters { get; init; }

    /// <summary>How many clusters of the guest have a place in the file.</summary>
    public long AllocatedClusters { get; init; }

    /// <summary>How many of them do not follow the one before them.</summary>
    public long FragmentedClusters { get; init; }

    /// <summary>How many of them are compressed.</summary>
    public long CompressedClusters { get; init; }

    /// <summary>How many contradictions there are in the metadata.</summary>
    public long Corruptions { get; init; }

    /// <summary>How many clusters have a larger refcount than they need.</summary>
    public long Leaks { get; init; }

    /// <summary>How many things could not be checked.</summary>
    public long CheckErrors { get; init; }

    /// <summary>
    /// What was found, in the order of the check; not more than <see cref="Qcow2Limits.MaxItems"/> and <see cref="Qcow2Limits.MaxCheckBytes"/> allow.
    /// </summary>
    public IReadOnlyList<Qcow2CheckFinding> Findings { get; init; } = [];

    /// <summary>How many findings there were, kept or not.</summary>
    public long FindingCount { get; init; }

    /// <summary>
    /// The same as JSON: the names and values of <c>qemu-img check --output=json</c>. Counters that are zero are left out, as there, except check-errors.
    /// </summary>
    /// <param name="indented">Whether for people.</param>
    public string ToJson(bool indented = false) => CheckJson.Of(this, indented);

    /// <summary>The result in a line.</summary>
    public override string ToString()
    {
        string found = IsClean ? "no errors" : $"{Corruptions} corruptions, {Leaks} leaked clusters, {CheckErrors} errors of checking";
        return string.Create(CultureInfo.InvariantCulture, $"{File}: {found}; {AllocatedClusters} of {TotalClusters} clusters in use");
    }
}
