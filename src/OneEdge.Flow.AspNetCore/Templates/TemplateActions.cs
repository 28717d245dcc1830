using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OneEdge.OpenNebula;
using OneEdge.Text;

namespace OneEdge.Flow.AspNetCore;

/// <summary><c>POST /service_template/{id}/action</c></summary>
internal static class TemplateActions
{
    private const DocumentType Type = DocumentType.ServiceTemplate;
    private const string BodyElement = "BODY";

    public static async Task<Answer> PerformAsync(FlowRequest request)
    {
        ActionRequest action = await ActionRequest.ReadAsync(request).ConfigureAwait(false);
        switch (action.Perform)
        {
            case "instantiate":
                return await InstantiateAsync(request, action.Parameters).ConfigureAwait(false);
            case "clone":
                return await TemplateCopies.CloneAsync(request, action.Parameters).ConfigureAwait(false);
            case "update":
                await UpdateAsync(request, action.Parameters).ConfigureAwait(false);
                break;
            default:
                Document document = await CallerDocuments.FindAsync(request, Type).ConfigureAwait(false);
                await ChangeAsync(request, document.Id, action).ConfigureAwait(false);
                break;
        }

        return EmptyAnswer.Done;
    }

    private static Task ChangeAsync(FlowRequest request, int id, ActionRequest action)
    {
        DocumentClient documents = request.Cloud.Documents;
        Parameters parameters = action.Parameters;
        return action.Perform switch
        {
            "chown" => documents.ChangeOwnerAsync(id, OwnershipParameters.Owner(parameters), OwnershipParameters.GroupOrSame(parameters), request.Gone),
            "chgrp" => documents.ChangeOwnerAsync(id, null, OwnershipParameters.Group(parameters), request.Gone),
            "chmod" => documents.ChangePermissionsAsync(id, OwnershipParameters.Permissions(parameters), request.Gone),
            "rename" => documents.RenameAsync(id, OwnershipParameters.Name(parameters), request.Gone),
            _ => throw AnswerException.UnknownAction(action.Perform),
        };
    }

    private static async Task<Answer> InstantiateAsync(FlowRequest request, Parameters parameters)
    {
        Document document = await CallerDocuments.FindAsync(request, Type).ConfigureAwait(false);
        JsonElement body = DocumentJson.BodyOf(document)
            ?? throw new FlowException(FlowErrorCodes.InstantiationInvalid, $"The service template {document.Id} cannot be read: its body is no JSON.");
        var template = ServiceTemplate.Parse(DocumentJson.CleanBody(body), request.Options.Templates);
        string? merge = parameters.Find("merge_template")?.GetRawText();
        int id = await request.Engine.InstantiateAsync(template, merge, request.Caller.Owner, request.Gone).ConfigureAwait(false);
        return await CallerDocuments.ShowAsync(request, id, DocumentType.Service, StatusCodes.Status201Created).ConfigureAwait(false);
    }

    private static async Task UpdateAsync(FlowRequest request, Parameters parameters)
    {
        bool append = parameters.Flag("append");
        if (parameters.Find("template_json") is { } given)
        {
            string text = given.ValueKind == JsonValueKind.String ? JsonValues.TextOf(given, "template_json") : given.GetRawText();
            byte[] json = Encoding.UTF8.GetBytes(text);
            if (append)
            {
                await TemplateRequests.AppendAsync(request, RequestBody.ParseObject(json, request.Options.MaxRequestDepth)).ConfigureAwait(false);
                return;
            }

            await CallerDocuments.FindAsync(request, Type).ConfigureAwait(false);
            var template = ServiceTemplate.Parse(json, request.Options.Templates);
            await TemplateRequests.ReplaceAsync(request, stored => TemplateBody.Replacing(stored, template)).ConfigureAwait(false);
            return;
        }

        string raw = parameters.Text("template_raw") ?? throw AnswerException.BadParameter("Action update: You have to provide a template");
        await UpdateRawAsync(request, raw, append).ConfigureAwait(false);
    }

    // What else stands in the document, such as labels; its body is not among it.
    private static async Task UpdateRawAsync(FlowRequest request, string raw, bool append)
    {
        if (!OpenNebulaTemplate.TryParse(SourceText.From(raw), out OpenNebulaTemplate? given, out _))
            throw AnswerException.BadParameter("'template_raw' is no template.");
        Document document = await CallerDocuments.FindAsync(request, Type).ConfigureAwait(false);
        IEnumerable<TemplateAttribute> attributes = given.Stored().Where(a => a.Name != BodyElement);
        if (!append) attributes = document.Template.GetAll(BodyElement).Concat(attributes);
        var text = StoredTemplate.Create(attributes);
        await request.Cloud.Documents.UpdateAsync(document.Id, text, append ? UpdateMode.Append : UpdateMode.Replace, request.Gone).ConfigureAwait(false);
    }
}
