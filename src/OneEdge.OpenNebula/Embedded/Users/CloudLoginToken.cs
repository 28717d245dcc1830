namespace OneEdge.OpenNebula.Embedded;

/// <summary>A login token.</summary>
/// <param name="Token">The token.</param>
/// <param name="Expires">When it ends, in seconds of Unix time; -1 never.</param>
/// <param name="Group">The group that a caller with it is in; -1 the usual ones.</param>
internal sealed record CloudLoginToken(string Token, long Expires, int Group);
