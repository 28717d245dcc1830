namespace OneEdge.OpenNebula;

/// <summary>A document in one of its states.</summary>
/// <param name="Id">The id of the document.</param>
/// <param name="Version">Its version.</param>
public readonly record struct DocumentRevision(int Id, DocumentVersion Version);
