using Microsoft.AspNetCore.Http;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>Documents, as the caller may see and change them.</summary>
internal static class CallerDocuments
{
    private const string Check = "[one.document.chmod]";

    /// <summary>The document that the path names, which the caller may use.</summary>
    public static Task<Document> FindAsync(FlowRequest request, DocumentType type) => ReadAsync(request, request.Id, type);

    /// <summary>A document that the caller may use.</summary>
    public static async Task<Document> ReadAsync(FlowRequest request, int id, DocumentType type)
    {
        Document document = await request.Cloud.Documents.GetAsync(id, cancellationToken: request.Gone).ConfigureAwait(false);
        return document.Type == type ? document : throw AnswerException.NoDocument(FormattableString.Invariant($"{id}"));
    }

    /// <summary>The document that the path names, which the caller may manage.</summary>
    /// <param name="request">The request.</param>
    /// <param name="type">Whose document it has to be.</param>
    /// <param name="method">The method of the cloud that OneFlow would call now, and whose refusal it would tell.</param>
    public static async Task<Document> FindManagedAsync(FlowRequest request, DocumentType type, string method = "one.document.update")
    {
        Document document = await FindAsync(request, type).ConfigureAwait(false);
        await RequireManageAsync(request, document.Id, method).ConfigureAwait(false);
        return document;
    }

    /// <summary>
    /// Asks the cloud whether the caller may manage a document, access rules and locks included: it changes none of the permissions, which takes that right.
    /// </summary>
    private static async Task RequireManageAsync(FlowRequest request, int id, string method)
    {
        try
        {
            await request.Cloud.Documents.ChangePermissionsAsync(id, new PermissionChange(), request.Gone).ConfigureAwait(false);
        }
        catch (OpenNebulaCallException error) when (error.Kind == OpenNebulaErrorKind.Authorization)
        {
            string said = error.ServerMessage;
            string text = said.StartsWith(Check, StringComparison.Ordinal) ? $"[{method}]{said[Check.Length..]}" : said;
            throw AnswerException.Of(StatusCodes.Status401Unauthorized, text, error.Code);
        }
    }

    /// <summary>A document as an answer; a service as the engine knows it, which may be newer.</summary>
    public static async Task<Answer> ShowAsync(FlowRequest request, int id, DocumentType type, int status)
    {
        Document document = await ReadAsync(request, id, type).ConfigureAwait(false);
        return new JsonAnswer(status, DocumentJson.Write(document, request.Server.DefaultCooldown, Present(request, type)(id)));
    }

    /// <summary>All documents of a type that the caller may use, as an answer; services as the engine knows them.</summary>
    public static async Task<Answer> ListAsync(FlowRequest request, DocumentType type)
    {
        List<Document> all = [];
        await foreach (Document document in request.Cloud.Documents.ListAsync(type, cancellationToken: request.Gone).ConfigureAwait(false)) all.Add(document);
        return new JsonAnswer(StatusCodes.Status200OK, DocumentJson.WritePool(all, request.Server.DefaultCooldown, Present(request, type)));
    }

    private static Func<int, Service?> Present(FlowRequest request, DocumentType type) =>
        type == DocumentType.Service ? request.Engine.Find : static _ => null;
}
