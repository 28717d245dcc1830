using OneEdge.Flow.Documents;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>Reads services out of the documents of a store.</summary>
internal static class DocumentReading
{
    // A store without users: all services belong to one.
    public static readonly ServiceOwner Nobody = new(0, 0, "oneadmin", "oneadmin");

    /// <summary>The service of a document; <see langword="null"/> when it cannot be read, with the reason.</summary>
    public static Service? Read(StoredDocument document, out string? problem)
    {
        problem = document.Problem;
        if (problem is not null) return null;
        try
        {
            return ServiceDocument.Read(document.Id, document.Name, OwnerOf(document), document.Body);
        }
        catch (FlowException error)
        {
            problem = error.Message;
            return null;
        }
    }

    public static ServiceOwner OwnerOf(StoredDocument document) =>
        document.Owner is { } owner ? new ServiceOwner(owner.UserId, owner.GroupId, owner.UserName, owner.GroupName) : Nobody;
}
