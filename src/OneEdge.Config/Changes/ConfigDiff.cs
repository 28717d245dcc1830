namespace OneEdge.Config;

/// <summary>The difference between two documents.</summary>
/// <param name="Changes">The changes that turn the older document into the newer one.</param>
/// <param name="Warnings">What is worth knowing, for example an attribute that occurs more than once.</param>
public sealed record ConfigDiff(IReadOnlyList<ConfigChange> Changes, IReadOnlyList<Diagnostic> Warnings)
{
    /// <summary>Whether both documents hold the same data.</summary>
    public bool IsEmpty => Changes.Count == 0;
}
