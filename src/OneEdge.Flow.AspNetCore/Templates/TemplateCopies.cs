using Microsoft.AspNetCore.Http;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>
/// Copies of service templates, with the templates of their virtual machines, and the images of those, or without. When something cannot be copied, what was
/// copied before goes again.
/// </summary>
internal static class TemplateCopies
{
    // As OneFlow: a name of the cloud has room for more, which images need.
    private const int MaxNameLength = 119;

    public static async Task<Answer> CloneAsync(FlowRequest request, Parameters parameters)
    {
        string name = parameters.Text("name") is { Length: > 0 } given ? given
            : throw AnswerException.BadParameter("Action clone: You have to specify a name");
        string depth = parameters.Text("recursive") ?? "templates";
        if (depth is not ("none" or "templates" or "all")) throw AnswerException.BadParameter("'recursive' is one of none, templates, all.");
        Document document = await CallerDocuments.FindAsync(request, DocumentType.ServiceTemplate).ConfigureAwait(false);
        int copy = await request.Cloud.Documents.CloneAsync(document.Id, name, request.Gone).ConfigureAwait(false);
        var vmTemplates = new Dictionary<int, int>();
        bool withImages = depth == "all";
        OpenNebulaDocumentStore store = request.NewStore();
        try
        {
            StoredDocument stored = await store.ReadAsync(copy, request.Gone).ConfigureAwait(false);
            if (depth != "none") await CopyAsync(request, TemplateBody.VmTemplates(stored.Body), name, withImages, vmTemplates).ConfigureAwait(false);
            byte[] body = TemplateBody.Copy(stored.Body, vmTemplates, request.Server.Time.GetUtcNow());
            await store.UpdateAsync(copy, stored.Version, body, cancellationToken: request.Gone).ConfigureAwait(false);
        }
        catch
        {
            await UndoAsync(request, copy, vmTemplates.Values, withImages).ConfigureAwait(false);
            throw;
        }

        return await CallerDocuments.ShowAsync(request, copy, DocumentType.ServiceTemplate, StatusCodes.Status201Created).ConfigureAwait(false);
    }

    private static async Task CopyAsync(FlowRequest request, IReadOnlyList<int> ids, string name, bool withImages, Dictionary<int, int> copies)
    {
        foreach (int id in ids)
        {
            VmTemplate template = await request.Cloud.Templates.GetAsync(id, cancellationToken: request.Gone).ConfigureAwait(false);
            string full = $"{template.Name}-{name}";
            string cut = full.Length <= MaxNameLength ? full : full[..MaxNameLength];
            copies[id] = await request.Cloud.Templates.CloneAsync(id, cut, withImages, request.Gone).ConfigureAwait(false);
        }
    }

    // Also when the client has gone.
    private static async Task UndoAsync(FlowRequest request, int copy, IEnumerable<int> vmTemplates, bool withImages)
    {
        foreach (int id in vmTemplates) await TryAsync(() => request.Cloud.Templates.DeleteAsync(id, withImages)).ConfigureAwait(false);
        await TryAsync(() => request.Cloud.Documents.DeleteAsync(copy)).ConfigureAwait(false);
    }

    private static async Task TryAsync(Func<Task> delete)
    {
        try
        {
            await delete().ConfigureAwait(false);
        }
        catch (OpenNebulaException)
        {
            // What went wrong first is what is told.
        }
    }
}
