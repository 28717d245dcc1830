namespace OneEdge.OpenNebula;

/// <summary>
/// Events may be missing before this one. Whoever keeps a picture of the cloud reads it anew on each gap; every stream begins with one, so that
/// reading on gaps and following events between them misses nothing.
/// </summary>
/// <param name="Reason">Why.</param>
/// <param name="Detail">What happened, for people; it quotes nothing of a message.</param>
public sealed record Gap(GapReason Reason, string? Detail = null) : CloudEvent;
