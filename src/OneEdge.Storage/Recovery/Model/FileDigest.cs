namespace OneEdge.Storage.Recovery;

/// <summary>The digest of a file together with what tells that the file is still the same.</summary>
/// <param name="Sha256">SHA-256, in lower-case hexadecimal digits.</param>
/// <param name="Length">How long the file was, in bytes.</param>
/// <param name="Modified">When it was last written.</param>
public sealed record FileDigest(string Sha256, long Length, DateTimeOffset Modified);
