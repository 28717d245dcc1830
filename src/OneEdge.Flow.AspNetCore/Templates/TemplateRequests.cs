using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>Service templates: to create, change and delete them.</summary>
internal static class TemplateRequests
{
    /// <summary><c>POST /service_template</c></summary>
    public static async Task<Answer> CreateAsync(FlowRequest request)
    {
        var template = ServiceTemplate.Parse(await RequestBody.ReadAsync(request).ConfigureAwait(false), request.Options.Templates);
        byte[] body = TemplateBody.New(template, request.Server.Time.GetUtcNow());
        string? name = template.Name.Length == 0 ? null : template.Name;
        DocumentRevision made = await request.NewStore().CreateAsync(DocumentType.ServiceTemplate, name, body, request.Gone).ConfigureAwait(false);
        return await CallerDocuments.ShowAsync(request, made.Id, DocumentType.ServiceTemplate, StatusCodes.Status201Created).ConfigureAwait(false);
    }

    /// <summary><c>PUT /service_template/{id}</c></summary>
    public static async Task<Answer> UpdateAsync(FlowRequest request)
    {
        byte[] json = await RequestBody.ReadAsync(request).ConfigureAwait(false);
        Document document = await CallerDocuments.FindAsync(request, DocumentType.ServiceTemplate).ConfigureAwait(false);
        var template = ServiceTemplate.Parse(json, request.Options.Templates);
        await ReplaceAsync(request, stored => TemplateBody.Replacing(stored, template)).ConfigureAwait(false);
        return await CallerDocuments.ShowAsync(request, document.Id, DocumentType.ServiceTemplate, StatusCodes.Status200OK).ConfigureAwait(false);
    }

    /// <summary>Replaces some members of a template.</summary>
    public static Task AppendAsync(FlowRequest request, JsonElement members) => ReplaceAsync(
        request, stored => TemplateBody.Replacing(stored, ServiceTemplate.Parse(TemplateBody.Merged(stored, members), request.Options.Templates)));

    /// <summary>
    /// Changes the body of the template that the path names. Who else changes it meanwhile is not overwritten: the change is made again, to what is there then.
    /// </summary>
    public static async Task ReplaceAsync(FlowRequest request, Func<ReadOnlyMemory<byte>, byte[]> change)
    {
        const int attempts = 5;
        Document document = await CallerDocuments.FindManagedAsync(request, DocumentType.ServiceTemplate).ConfigureAwait(false);
        OpenNebulaDocumentStore store = request.NewStore();
        for (int attempt = 1; ; attempt++)
        {
            StoredDocument stored = await store.ReadAsync(document.Id, request.Gone).ConfigureAwait(false);
            byte[] body = change(stored.Body);
            try
            {
                await store.UpdateAsync(document.Id, stored.Version, body, cancellationToken: request.Gone).ConfigureAwait(false);
                return;
            }
            catch (DocumentConflictException) when (attempt < attempts)
            {
                // Somebody was faster.
            }
        }
    }

    /// <summary><c>DELETE /service_template/{id}</c></summary>
    public static async Task<Answer> DeleteAsync(FlowRequest request)
    {
        string kind = DeleteType(await RequestBody.ReadAsync(request).ConfigureAwait(false), request.Options.MaxRequestDepth);
        if (kind == "none")
        {
            Document alone = await CallerDocuments.FindAsync(request, DocumentType.ServiceTemplate).ConfigureAwait(false);
            await request.Cloud.Documents.DeleteAsync(alone.Id, request.Gone).ConfigureAwait(false);
            return EmptyAnswer.Done;
        }

        Document document = await CallerDocuments.FindManagedAsync(request, DocumentType.ServiceTemplate, "one.document.delete").ConfigureAwait(false);
        StoredDocument stored = await request.NewStore().ReadAsync(document.Id, request.Gone).ConfigureAwait(false);
        foreach (int vmTemplate in TemplateBody.VmTemplates(stored.Body))
        {
            try
            {
                await request.Cloud.Templates.DeleteAsync(vmTemplate, withImages: kind == "all", request.Gone).ConfigureAwait(false);
            }
            catch (OpenNebulaCallException error) when (error.Kind == OpenNebulaErrorKind.NoExists)
            {
                // Somebody deleted it before.
            }
        }

        await request.Cloud.Documents.DeleteAsync(document.Id, request.Gone).ConfigureAwait(false);
        return EmptyAnswer.Done;
    }

    // A body that cannot be read says nothing, as with OneFlow: only the document goes.
    private static string DeleteType(byte[] json, int maxDepth)
    {
        JsonElement body;
        try
        {
            body = RequestBody.ParseObject(json, maxDepth);
        }
        catch (AnswerException)
        {
            return "none";
        }

        string kind = new Parameters(body).Text("delete_type") ?? "none";
        return kind is "none" or "templates" or "all" ? kind : throw AnswerException.BadParameter("'delete_type' is one of none, templates, all.");
    }
}
