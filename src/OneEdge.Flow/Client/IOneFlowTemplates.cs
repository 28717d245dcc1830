using OneEdge.OpenNebula;

namespace OneEdge.Flow.Client;

/// <summary>What can be asked of service templates.</summary>
/// <remarks>
/// The errors of all calls: <see cref="IOneFlowClient"/>. The original does not tell when OpenNebula refused to rename a template, to change its owner, group
/// or permissions, or to append to it, not even when there is no such template: look at it afterwards where that matters.
/// </remarks>
public interface IOneFlowTemplates
{
    /// <summary>All templates that the user may see (<c>GET /service_template</c>).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<OneFlowTemplate>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>A template (<c>GET /service_template/ID</c>).</summary>
    /// <param name="templateId">The id of the template.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<OneFlowTemplate> GetAsync(int templateId, CancellationToken cancellationToken = default);

    /// <summary>Stores a template (<c>POST /service_template</c>).</summary>
    /// <param name="json">The template; the server checks it. <see cref="ServiceTemplate"/> checks it here, and more of it.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The template as it is stored.</returns>
    Task<OneFlowTemplate> CreateAsync(string json, CancellationToken cancellationToken = default);

    /// <summary>Changes a template.</summary>
    /// <param name="templateId">The id of the template.</param>
    /// <param name="json">The whole template; with <paramref name="append"/> the members that are replaced.</param>
    /// <param name="append">Whether the other members stay.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task UpdateAsync(int templateId, string json, bool append = false, CancellationToken cancellationToken = default);

    /// <summary>Deletes a template (<c>DELETE /service_template/ID</c>).</summary>
    /// <param name="templateId">The id of the template.</param>
    /// <param name="depth">What goes with it. The first failure ends it: what is gone by then stays gone.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task DeleteAsync(int templateId, TemplateDepth depth = TemplateDepth.ServiceTemplate, CancellationToken cancellationToken = default);

    /// <summary>Copies a template.</summary>
    /// <param name="templateId">The id of the template.</param>
    /// <param name="name">The name of the copy.</param>
    /// <param name="depth">What is copied with it.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The copy.</returns>
    Task<OneFlowTemplate> CloneAsync(
        int templateId, string name, TemplateDepth depth = TemplateDepth.ServiceTemplate, CancellationToken cancellationToken = default);

    /// <summary>Makes a service of a template.</summary>
    /// <param name="templateId">The id of the template.</param>
    /// <param name="mergeTemplate">What goes into the template, a JSON object (<c>merge_template</c>); <see langword="null"/> for nothing.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The service as it is at its beginning.</returns>
    /// <exception cref="FlowException">What goes into it is no JSON object (<see cref="FlowErrorCodes.ClientRequestInvalid"/>).</exception>
    Task<OneFlowService> InstantiateAsync(int templateId, string? mergeTemplate = null, CancellationToken cancellationToken = default);

    /// <summary>Gives a template another name.</summary>
    /// <param name="templateId">The id of the template.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task RenameAsync(int templateId, string name, CancellationToken cancellationToken = default);

    /// <summary>Gives a template to another user.</summary>
    /// <param name="templateId">The id of the template.</param>
    /// <param name="ownerId">The id of the user.</param>
    /// <param name="groupId">The id of the group; <see langword="null"/> to keep it.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task ChownAsync(int templateId, int ownerId, int? groupId = null, CancellationToken cancellationToken = default);

    /// <summary>Gives a template to another group.</summary>
    /// <param name="templateId">The id of the template.</param>
    /// <param name="groupId">The id of the group.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task ChgrpAsync(int templateId, int groupId, CancellationToken cancellationToken = default);

    /// <summary>Changes who may do what with a template.</summary>
    /// <param name="templateId">The id of the template.</param>
    /// <param name="permissions">The permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task ChmodAsync(int templateId, Permissions permissions, CancellationToken cancellationToken = default);
}
