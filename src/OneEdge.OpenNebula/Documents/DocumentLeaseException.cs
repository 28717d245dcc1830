using System.Globalization;

namespace OneEdge.OpenNebula;

/// <summary>
/// A lease is held by somebody (<see cref="OpenNebulaErrorCodes.DocumentLeaseHeld"/>), or is no longer one's own
/// (<see cref="OpenNebulaErrorCodes.DocumentLeaseLost"/>). Nothing was changed.
/// </summary>
public sealed class DocumentLeaseException : OpenNebulaException
{
    private DocumentLeaseException(string code, string message, int documentId, DocumentLease? current)
        : base(code, message)
    {
        DocumentId = documentId;
        Current = current;
    }

    /// <summary>The id of the document.</summary>
    public int DocumentId { get; }

    /// <summary>The lease that is in the way; <see langword="null"/> when the newest one was released.</summary>
    public DocumentLease? Current { get; }

    /// <summary>An error: somebody holds the lease.</summary>
    /// <param name="current">The lease that is held.</param>
    public static DocumentLeaseException Held(DocumentLease current)
    {
        ArgumentNullException.ThrowIfNull(current);
        return new(
            OpenNebulaErrorCodes.DocumentLeaseHeld,
            string.Create(
                CultureInfo.InvariantCulture, $"Document {current.DocumentId} is leased to '{Shown(current.Holder)}' until {current.Expires.UtcDateTime:u}."),
            current.DocumentId,
            current);
    }

    /// <summary>An error: a token is not that of the newest lease.</summary>
    /// <param name="documentId">The id of the document.</param>
    /// <param name="token">The token.</param>
    /// <param name="current">The newest lease; <see langword="null"/> when it was released.</param>
    public static DocumentLeaseException Lost(int documentId, long token, DocumentLease? current)
    {
        string why = current is null
            ? "it was released"
            : string.Create(CultureInfo.InvariantCulture, $"'{Shown(current.Holder)}' has the lease {current.Token}");
        string message = string.Create(CultureInfo.InvariantCulture, $"The lease {token} of document {documentId} is over: {why}.");
        return new DocumentLeaseException(OpenNebulaErrorCodes.DocumentLeaseLost, message, documentId, current);
    }

    // Holders come out of a store that others write to.
    private static string Shown(string holder) => new([.. holder.Take(DocumentRules.MaxHolderLength).Select(c => char.IsControl(c) ? '?' : c)]);
}
