using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Client;

/// <summary>The calls about services.</summary>
internal sealed class ServiceCalls(FlowCaller caller) : IOneFlowServices
{
    public async Task<IReadOnlyList<OneFlowService>> ListAsync(CancellationToken cancellationToken = default)
    {
        var request = new FlowRequest(HttpMethod.Get, "service", "list services");
        return [.. (await caller.ReadPoolAsync(request, cancellationToken).ConfigureAwait(false)).Select(answer => new OneFlowService(answer))];
    }

    public async Task<OneFlowService> GetAsync(int serviceId, CancellationToken cancellationToken = default) =>
        new(await caller.ReadOneAsync(FlowRequests.Service(HttpMethod.Get, serviceId, "show"), cancellationToken).ConfigureAwait(false));

    public Task UndeployAsync(int serviceId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(FlowRequests.Service(HttpMethod.Delete, serviceId, "undeploy"), cancellationToken);

    public Task UpdateAsync(int serviceId, string json, bool append = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(json);
        byte[] body = !append ? JsonText.ToUtf8(json) : FlowRequests.Write(writer =>
        {
            writer.WriteBoolean("append", true);
            writer.WriteString("template", JsonText.ToUtf8(json));
        });
        return caller.SendAsync(FlowRequests.Service(HttpMethod.Put, serviceId, "update") with { Body = body }, cancellationToken);
    }

    public Task RecoverAsync(int serviceId, RecoveryMode mode = RecoveryMode.Retry, CancellationToken cancellationToken = default) =>
        caller.SendAsync(FlowRequests.Recover(serviceId, mode), cancellationToken);

    public Task ScaleAsync(int serviceId, string role, int cardinality, bool force = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(role);
        return caller.SendAsync(FlowRequests.Scale(serviceId, role, cardinality, force), cancellationToken);
    }

    public Task AddRoleAsync(int serviceId, string roleJson, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(roleJson);
        return caller.SendAsync(FlowRequests.AddRole(serviceId, roleJson), cancellationToken);
    }

    public Task RemoveRoleAsync(int serviceId, string role, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(role);
        return caller.SendAsync(FlowRequests.RemoveRole(serviceId, role), cancellationToken);
    }

    public Task RoleActionAsync(int serviceId, RoleActionRequested request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return caller.SendAsync(FlowRequests.RoleAction(serviceId, request), cancellationToken);
    }

    public Task RemoveScheduledActionAsync(int serviceId, int actionId, string? role = null, CancellationToken cancellationToken = default) =>
        caller.SendAsync(FlowRequests.RemoveScheduledAction(serviceId, actionId, role), cancellationToken);

    public Task ReleaseAsync(int serviceId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(FlowRequests.ServiceAction(serviceId, "release", "release"), cancellationToken);

    public Task RenameAsync(int serviceId, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return caller.SendAsync(FlowRequests.ServiceAction(serviceId, "rename", "rename", json => json.WriteString("name", name)), cancellationToken);
    }

    public Task ChownAsync(int serviceId, int ownerId, int? groupId = null, CancellationToken cancellationToken = default) => caller.SendAsync(
        FlowRequests.ServiceAction(serviceId, "change the owner of", "chown", json => FlowRequests.Owner(json, ownerId, groupId)), cancellationToken);

    public Task ChgrpAsync(int serviceId, int groupId, CancellationToken cancellationToken = default) => caller.SendAsync(
        FlowRequests.ServiceAction(serviceId, "change the group of", "chgrp", json => FlowRequests.Group(json, groupId)), cancellationToken);

    public Task ChmodAsync(int serviceId, Permissions permissions, CancellationToken cancellationToken = default) => caller.SendAsync(
        FlowRequests.ServiceAction(serviceId, "change the permissions of", "chmod", json => FlowRequests.Octet(json, permissions)), cancellationToken);

    public Task PurgeDoneAsync(CancellationToken cancellationToken = default) =>
        caller.SendAsync(new FlowRequest(HttpMethod.Post, "service_pool/purge_done", "purge services that are done"), cancellationToken);

    public IAsyncEnumerable<ServiceNotification> WatchAsync(int serviceId, CancellationToken cancellationToken = default) =>
        new ServiceWatching(caller, this, serviceId).NotificationsAsync(cancellationToken);
}
