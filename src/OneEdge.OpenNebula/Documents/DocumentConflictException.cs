namespace OneEdge.OpenNebula;

/// <summary>A document has another version than the one that a change was based on. Read it, decide again, and try again.</summary>
public sealed class DocumentConflictException : OpenNebulaException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="documentId">The id of the document.</param>
    /// <param name="expected">The version that the change was based on.</param>
    /// <param name="actual">The version that the document has.</param>
    public DocumentConflictException(int documentId, DocumentVersion expected, DocumentVersion actual)
        : base(
            OpenNebulaErrorCodes.DocumentConflict,
            $"Document {documentId} has version {actual}, and not {expected}, which the change was based on. Nothing was changed; read it again.")
    {
        DocumentId = documentId;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>The id of the document.</summary>
    public int DocumentId { get; }

    /// <summary>The version that the change was based on.</summary>
    public DocumentVersion Expected { get; }

    /// <summary>The version that the document had when the change was refused.</summary>
    public DocumentVersion Actual { get; }
}
