using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Client;

/// <summary>What can be asked of services. A request that ends well was granted; what follows from it takes its time, see <see cref="WatchAsync"/>.</summary>
/// <remarks>The errors of all calls: <see cref="IOneFlowClient"/>.</remarks>
public interface IOneFlowServices
{
    /// <summary>All services that the user may see (<c>GET /service</c>).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<OneFlowService>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>A service as it is now (<c>GET /service/ID</c>).</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<OneFlowService> GetAsync(int serviceId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a service with everything that belongs to it (<c>DELETE /service/ID</c>). The original refuses it while the service is on its way somewhere;
    /// then <see cref="RecoverAsync"/> with <see cref="RecoveryMode.Delete"/> helps.
    /// </summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task UndeployAsync(int serviceId, CancellationToken cancellationToken = default);

    /// <summary>Changes what a service should be: policies, limits, texts (<c>PUT /service/ID</c>).</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="json">
    /// The new body, which for the original has to repeat nodes, log and states as they are; with <paramref name="append"/> the members that are replaced.
    /// </param>
    /// <param name="append">Whether the other members stay.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task UpdateAsync(int serviceId, string json, bool append = false, CancellationToken cancellationToken = default);

    /// <summary>Tries again what failed, gives it up, or removes the service.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="mode">Which of them. The original does not know <see cref="RecoveryMode.Force"/> and tries again.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task RecoverAsync(int serviceId, RecoveryMode mode = RecoveryMode.Retry, CancellationToken cancellationToken = default);

    /// <summary>Gives a role another number of virtual machines (<c>POST /service/ID/scale</c>).</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="role">The role.</param>
    /// <param name="cardinality">The number.</param>
    /// <param name="force">Whether it may be out of the limits of the role.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task ScaleAsync(int serviceId, string role, int cardinality, bool force = false, CancellationToken cancellationToken = default);

    /// <summary>Adds a role to a service that runs.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="roleJson">The role, a JSON object as in a template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <exception cref="FlowException">The role is no JSON object (<see cref="FlowErrorCodes.ClientRequestInvalid"/>).</exception>
    Task AddRoleAsync(int serviceId, string roleJson, CancellationToken cancellationToken = default);

    /// <summary>Removes a role from a service, with its virtual machines. With the last one the service goes.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task RemoveRoleAsync(int serviceId, string role, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lets OpenNebula do something with the virtual machines of a role, or of all roles, now or one group after the other. Without a period or a number, those
    /// of the server count. What OpenNebula refuses for a virtual machine stands in the log of the service only.
    /// </summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="request">What. The period counts in whole seconds.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task RoleActionAsync(int serviceId, RoleActionRequested request, CancellationToken cancellationToken = default);

    /// <summary>Takes back a scheduled action of the virtual machines of a role, or of all roles; OneFlow 7.4 and later.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="actionId">The id of the action.</param>
    /// <param name="role">The role; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task RemoveScheduledActionAsync(int serviceId, int actionId, string? role = null, CancellationToken cancellationToken = default);

    /// <summary>Deploys the virtual machines that were created on hold.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task ReleaseAsync(int serviceId, CancellationToken cancellationToken = default);

    /// <summary>Gives a service another name. Its virtual machines keep theirs.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task RenameAsync(int serviceId, string name, CancellationToken cancellationToken = default);

    /// <summary>Gives a service and its virtual machines to another user.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="ownerId">The id of the user.</param>
    /// <param name="groupId">The id of the group; <see langword="null"/> to keep it.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task ChownAsync(int serviceId, int ownerId, int? groupId = null, CancellationToken cancellationToken = default);

    /// <summary>Gives a service and its virtual machines to another group.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="groupId">The id of the group.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task ChgrpAsync(int serviceId, int groupId, CancellationToken cancellationToken = default);

    /// <summary>Changes who may do what with a service.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="permissions">The permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task ChmodAsync(int serviceId, Permissions permissions, CancellationToken cancellationToken = default);

    /// <summary>Deletes the documents of services that are DONE, which old versions left behind (<c>POST /service_pool/purge_done</c>).</summary>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    Task PurgeDoneAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Watches a service: first how it is, then what changes, at last that it is gone. Our server sends what happens; one that cannot is asked again and again
    /// (<see cref="OneFlowClientOptions.PollInterval"/>), and what changes back in between is not seen. A failure that may pass is waited out.
    /// </summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="cancellationToken">Ends watching.</param>
    IAsyncEnumerable<ServiceNotification> WatchAsync(int serviceId, CancellationToken cancellationToken = default);
}
