namespace OneEdge.OpenNebula.Embedded;

/// <summary>So much of something.</summary>
/// <param name="Kind">The kind of limit.</param>
/// <param name="Id">The datastore, the network or the image; -1 for machines.</param>
/// <param name="Metric">What is counted.</param>
/// <param name="Amount">How much.</param>
internal readonly record struct QuotaItem(QuotaKind Kind, int Id, string Metric, decimal Amount);
