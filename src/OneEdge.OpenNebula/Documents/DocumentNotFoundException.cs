namespace OneEdge.OpenNebula;

/// <summary>There is no document of an id.</summary>
public sealed class DocumentNotFoundException : OpenNebulaException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="documentId">The id.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public DocumentNotFoundException(int documentId, Exception? innerException = null)
        : base(OpenNebulaErrorCodes.DocumentNotFound, $"There is no document {documentId}.", innerException) => DocumentId = documentId;

    /// <summary>The id.</summary>
    public int DocumentId { get; }
}
