namespace OneEdge.OpenNebula;

/// <summary>Says who works with a document, and until when.</summary>
/// <param name="DocumentId">The id of the document.</param>
/// <param name="Holder">Who took it.</param>
/// <param name="Token">
/// The fencing token: greater than that of every earlier lease of the document, so that whoever is given it can refuse an earlier holder that comes late.
/// </param>
/// <param name="Expires">When somebody else may take it, to the millisecond, by the clock of the store that granted it.</param>
public sealed record DocumentLease(int DocumentId, string Holder, long Token, DateTimeOffset Expires);
