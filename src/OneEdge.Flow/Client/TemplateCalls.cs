using System.Text.Json;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Client;

/// <summary>The calls about service templates.</summary>
internal sealed class TemplateCalls(FlowCaller caller) : IOneFlowTemplates
{
    // The original takes a group that is not named for group 0; -1 keeps it, as in the core.
    private const int SameGroup = -1;

    public async Task<IReadOnlyList<OneFlowTemplate>> ListAsync(CancellationToken cancellationToken = default)
    {
        var request = new FlowRequest(HttpMethod.Get, "service_template", "list service templates");
        return [.. (await caller.ReadPoolAsync(request, cancellationToken).ConfigureAwait(false)).Select(answer => new OneFlowTemplate(answer))];
    }

    public Task<OneFlowTemplate> GetAsync(int templateId, CancellationToken cancellationToken = default) =>
        ReadAsync(FlowRequests.Template(HttpMethod.Get, templateId, "show"), cancellationToken);

    public Task<OneFlowTemplate> CreateAsync(string json, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(json);
        var request = new FlowRequest(HttpMethod.Post, "service_template", "create a service template") { Body = JsonText.ToUtf8(json) };
        return ReadAsync(request, cancellationToken);
    }

    public Task UpdateAsync(int templateId, string json, bool append = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (!append)
        {
            FlowRequest put = FlowRequests.Template(HttpMethod.Put, templateId, "update") with { Body = JsonText.ToUtf8(json) };
            return ReadAsync(put, cancellationToken);
        }

        return ActAsync(templateId, "update", "update", json: writer =>
        {
            writer.WriteString("template_json", JsonText.ToUtf8(json));
            writer.WriteBoolean("append", true);
        }, cancellationToken);
    }

    public Task DeleteAsync(int templateId, TemplateDepth depth = TemplateDepth.ServiceTemplate, CancellationToken cancellationToken = default)
    {
        string word = FlowRequests.Word(depth);
        byte[] body = FlowRequests.Write(json => json.WriteString("delete_type", word));
        return caller.SendAsync(FlowRequests.Template(HttpMethod.Delete, templateId, "delete") with { Body = body }, cancellationToken);
    }

    public Task<OneFlowTemplate> CloneAsync(
        int templateId, string name, TemplateDepth depth = TemplateDepth.ServiceTemplate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        string word = FlowRequests.Word(depth);
        return ReadAsync(
            FlowRequests.TemplateAction(templateId, "clone", "clone", json =>
            {
                json.WriteString("name", name);
                json.WriteString("recursive", word);
            }),
            cancellationToken);
    }

    public async Task<OneFlowService> InstantiateAsync(int templateId, string? mergeTemplate = null, CancellationToken cancellationToken = default) =>
        new(await caller.ReadOneAsync(FlowRequests.Instantiate(templateId, mergeTemplate), cancellationToken).ConfigureAwait(false));

    public Task RenameAsync(int templateId, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ActAsync(templateId, "rename", "rename", json => json.WriteString("name", name), cancellationToken);
    }

    public Task ChownAsync(int templateId, int ownerId, int? groupId = null, CancellationToken cancellationToken = default) =>
        ActAsync(templateId, "change the owner of", "chown", json => FlowRequests.Owner(json, ownerId, groupId ?? SameGroup), cancellationToken);

    public Task ChgrpAsync(int templateId, int groupId, CancellationToken cancellationToken = default) =>
        ActAsync(templateId, "change the group of", "chgrp", json => FlowRequests.Group(json, groupId), cancellationToken);

    public Task ChmodAsync(int templateId, Permissions permissions, CancellationToken cancellationToken = default) =>
        ActAsync(templateId, "change the permissions of", "chmod", json => FlowRequests.Octet(json, permissions), cancellationToken);

    private Task ActAsync(int templateId, string what, string perform, Action<Utf8JsonWriter> json, CancellationToken cancellationToken) =>
        caller.SendAsync(FlowRequests.TemplateAction(templateId, what, perform, json), cancellationToken);

    private async Task<OneFlowTemplate> ReadAsync(FlowRequest request, CancellationToken cancellationToken) =>
        new(await caller.ReadOneAsync(request, cancellationToken).ConfigureAwait(false));
}
