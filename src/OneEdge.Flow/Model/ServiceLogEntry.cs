namespace OneEdge.Flow;

/// <summary>An entry of the log that a service keeps in its document.</summary>
/// <param name="Time">When it was written; seconds matter.</param>
/// <param name="Severity"><c>I</c> for information, <c>W</c> for a warning, <c>E</c> for an error, <c>D</c> for details.</param>
/// <param name="Message">The text.</param>
public sealed record ServiceLogEntry(DateTimeOffset Time, string Severity, string Message)
{
    /// <summary>Everything its document says of it, when that is more than this or written otherwise; else empty.</summary>
    public FlowMembers Members { get; init; }
}
