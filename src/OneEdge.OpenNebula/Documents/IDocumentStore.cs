namespace OneEdge.OpenNebula;

/// <summary>
/// Keeps JSON documents: each has a type, a name, a body that is a JSON object, and a version that changes with the body. A change names the version that
/// it is based on and is refused when there is another by then. A lease tells who works with a document now.
/// </summary>
/// <remarks>
/// What is refused is refused before anything is written. Every method also throws what its outside gives: <see cref="OpenNebulaCallException"/> and
/// <see cref="OpenNebulaTransportException"/> of a cloud, <see cref="OpenNebulaException"/> with <see cref="OpenNebulaErrorCodes.DocumentStoreUnusable"/>
/// of a file. How far a store keeps its promises beside programs that do not know it is told in <c>docs/opennebula/documents.md</c>.
/// </remarks>
public interface IDocumentStore
{
    /// <summary>Creates a document.</summary>
    /// <param name="type">Its type, not negative; see <see cref="DocumentType"/>.</param>
    /// <param name="name">Its name, which need not be unique; <see langword="null"/> for <c>document-</c> and the id.</param>
    /// <param name="body">A JSON object in UTF-8.</param>
    /// <param name="cancellationToken">Cancels the call; the document may be there all the same.</param>
    /// <returns>The id and the first version.</returns>
    /// <exception cref="OpenNebulaException"><see cref="OpenNebulaErrorCodes.DocumentInvalid"/>: type, name or body are refused.</exception>
    Task<DocumentRevision> CreateAsync(DocumentType type, string? name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default);

    /// <summary>Reads a document.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DocumentNotFoundException">There is no such document.</exception>
    Task<StoredDocument> ReadAsync(int id, CancellationToken cancellationToken = default);

    /// <summary>Gives a document another body.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="expected">The version that the change is based on.</param>
    /// <param name="body">A JSON object in UTF-8.</param>
    /// <param name="fencingToken">The token of the lease under which the change is made; refused when a newer lease was granted.</param>
    /// <param name="cancellationToken">Cancels the call; the change may be made all the same.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="DocumentConflictException">The document has another version.</exception>
    /// <exception cref="DocumentLeaseException">The token is not that of the newest lease.</exception>
    /// <exception cref="DocumentNotFoundException">There is no such document.</exception>
    /// <exception cref="OpenNebulaException"><see cref="OpenNebulaErrorCodes.DocumentInvalid"/>: the body is refused.</exception>
    Task<DocumentRevision> UpdateAsync(
        int id, DocumentVersion expected, ReadOnlyMemory<byte> body, long? fencingToken = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a document.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="expected">The version that it must have; <see langword="null"/> for any.</param>
    /// <param name="fencingToken">The token of the lease under which it is deleted; refused when a newer lease was granted.</param>
    /// <param name="cancellationToken">Cancels the call; the document may be gone all the same.</param>
    /// <exception cref="DocumentConflictException">The document has another version.</exception>
    /// <exception cref="DocumentLeaseException">The token is not that of the newest lease.</exception>
    /// <exception cref="DocumentNotFoundException">There is no such document.</exception>
    Task DeleteAsync(int id, DocumentVersion? expected = null, long? fencingToken = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the documents of a type, a part at a time, newest first (oldest first in a pool that its server lists so). Those that are there from beginning
    /// to end are read once each, whatever comes and goes meanwhile.
    /// </summary>
    /// <param name="type">The type.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    IAsyncEnumerable<StoredDocument> ListAsync(DocumentType type, CancellationToken cancellationToken = default);

    /// <summary>Takes the lease of a document, which nobody holds now: it is free, released or past its time. The version stays.</summary>
    /// <param name="id">The id of the document.</param>
    /// <param name="holder">Who takes it, for people: 1 to 256 characters.</param>
    /// <param name="duration">How long it lasts if it is not renewed.</param>
    /// <param name="cancellationToken">Cancels the call; the lease may be taken all the same, and ends with its time.</param>
    /// <returns>The lease; its token is greater than every earlier one of the document.</returns>
    /// <exception cref="DocumentLeaseException">Somebody holds it, perhaps the same holder.</exception>
    /// <exception cref="DocumentNotFoundException">There is no such document.</exception>
    Task<DocumentLease> AcquireLeaseAsync(int id, string holder, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Makes a lease last from now on, also one that is past its time when nobody took it meanwhile.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="duration">How long it lasts if it is not renewed again.</param>
    /// <param name="cancellationToken">Cancels the call; the lease may be renewed all the same.</param>
    /// <returns>The lease with its new end, and the same token.</returns>
    /// <exception cref="DocumentLeaseException">The lease was released, or somebody took it.</exception>
    /// <exception cref="DocumentNotFoundException">There is no such document.</exception>
    Task<DocumentLease> RenewLeaseAsync(DocumentLease lease, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Gives a lease back. One that is lost already, or whose document is gone, is no error.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task ReleaseLeaseAsync(DocumentLease lease, CancellationToken cancellationToken = default);
}
