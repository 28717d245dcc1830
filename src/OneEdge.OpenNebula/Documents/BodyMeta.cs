namespace OneEdge.OpenNebula;

/// <summary>What the store keeps in a document of the pool beside its content.</summary>
/// <param name="Version">The number of changes that stores made.</param>
/// <param name="Token">The token of the newest lease; 0 when there was none.</param>
/// <param name="Holder">Who has the newest lease; <see langword="null"/> when it was released.</param>
/// <param name="ExpiresAt">The end of the newest lease in milliseconds of Unix time.</param>
internal sealed record BodyMeta(long Version, long Token = 0, string? Holder = null, long ExpiresAt = 0)
{
    public static BodyMeta None { get; } = new(0);

    public DocumentLease? LeaseOf(int documentId) =>
        Holder is null ? null : new DocumentLease(documentId, Holder, Token, DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt));
}
