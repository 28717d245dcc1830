namespace OneEdge.OpenNebula.Embedded;

/// <summary>What was counted for an object, and for whom, so that exactly this is taken back.</summary>
/// <param name="Uid">The user.</param>
/// <param name="Gid">The group.</param>
/// <param name="Usage">What was counted.</param>
internal sealed record QuotaBooking(int Uid, int Gid, QuotaUsage Usage)
{
    /// <summary>The template of a machine when it was counted.</summary>
    public StoredTemplate? Template { get; init; }

    /// <summary>How a machine was counted.</summary>
    public VmCounting Counting { get; init; }

    /// <summary>Whether as much was counted for the same owners.</summary>
    public bool IsLike(QuotaBooking? other) =>
        other is not null && (Uid, Gid) == (other.Uid, other.Gid) && Usage.Items.SequenceEqual(other.Usage.Items);
}
