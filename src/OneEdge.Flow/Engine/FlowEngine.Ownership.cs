using System.Globalization;
using OneEdge.Flow.Engine;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow;

/// <summary>Names, owners and rights: those of the documents, which the cloud looks after.</summary>
public sealed partial class FlowEngine
{
    /// <summary>Gives a service another name. Its virtual machines keep theirs.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="name">The name.</param>
    /// <param name="actingUser">Who wants it, whose rights count; <see langword="null"/> for the engine's own user.</param>
    /// <param name="cancellationToken">Cancels the call; it may be done all the same.</param>
    /// <inheritdoc cref="ScaleAsync" path="/exception"/>
    /// <exception cref="OpenNebulaException">The cloud refused it.</exception>
    public async Task RenameAsync(int serviceId, string name, ServiceOwner? actingUser = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        EngineRun run = RunOf(serviceId);
        await ClientOf(run, actingUser).Documents.RenameAsync(serviceId, name, cancellationToken).ConfigureAwait(false);
        await TellOfDocumentAsync(run, serviceId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Gives a service and its virtual machines to another user or group: first the document, then the machines; when one of them is refused, all goes back.
    /// As with OneFlow, networks keep their owner.
    /// </summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="actingUser">Who wants it, whose rights count; <see langword="null"/> for the engine's own user.</param>
    /// <param name="cancellationToken">Cancels the first call; what was begun is finished.</param>
    /// <inheritdoc cref="ScaleAsync" path="/exception"/>
    /// <exception cref="OpenNebulaException">The cloud refused it for the document; nothing was changed.</exception>
    /// <exception cref="OwnershipException">The cloud refused it for a virtual machine.</exception>
    public async Task ChownAsync(
        int serviceId, int? ownerId, int? groupId = null, ServiceOwner? actingUser = null, CancellationToken cancellationToken = default)
    {
        EngineRun run = RunOf(serviceId);
        IOpenNebulaClient client = ClientOf(run, actingUser);
        ServiceOwner before = run.Hosts.Find(serviceId)?.Owner ?? throw new ServiceNotFoundException(serviceId);
        await client.Documents.ChangeOwnerAsync(serviceId, ownerId, groupId, cancellationToken).ConfigureAwait(false);
        List<int> changed = [];
        HashSet<int> seen = [];
        while (NextMachine(run, serviceId, seen) is { } vmId)
        {
            try
            {
                await client.VirtualMachines.ChangeOwnerAsync(vmId, ownerId, groupId, run.Engine.Stopping).ConfigureAwait(false);
                changed.Add(vmId);
            }
            catch (OpenNebulaCallException error) when (error.Kind == OpenNebulaErrorKind.NoExists)
            {
                // It went meanwhile.
            }
            catch (OpenNebulaException error)
            {
                run.Hosts.Post(serviceId, new CallFailed(string.Create(CultureInfo.InvariantCulture, $"VM {vmId} : chown failed; {error.Message}")));
                IReadOnlyList<int> left = await GiveBackAsync(serviceId, before, changed, run.Engine.Stopping).ConfigureAwait(false);
                throw new OwnershipException(serviceId, vmId, left, error);
            }
        }

        await TellOfDocumentAsync(run, serviceId, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Changes who may do what with a service.</summary>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="actingUser">Who wants it, whose rights count; <see langword="null"/> for the engine's own user.</param>
    /// <param name="cancellationToken">Cancels the call; it may be done all the same.</param>
    /// <inheritdoc cref="ScaleAsync" path="/exception"/>
    /// <exception cref="OpenNebulaException">The cloud refused it.</exception>
    public Task ChmodAsync(int serviceId, PermissionChange change, ServiceOwner? actingUser = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return ClientOf(RunOf(serviceId), actingUser).Documents.ChangePermissionsAsync(serviceId, change, cancellationToken);
    }

    // Machines that are created meanwhile come later in the list.
    private static int? NextMachine(EngineRun run, int serviceId, HashSet<int> seen)
    {
        foreach (RoleNode node in run.Hosts.Find(serviceId)?.Roles.SelectMany(r => r.Nodes) ?? [])
        {
            if (seen.Add(node.VmId)) return node.VmId;
        }

        return null;
    }

    private EngineRun RunOf(int serviceId)
    {
        EngineRun run = Run();
        return run.Hosts.Find(serviceId) is null ? throw new ServiceNotFoundException(serviceId) : run;
    }

    private IOpenNebulaClient ClientOf(EngineRun run, ServiceOwner? actingUser) => actingUser is null ? _client : run.Engine.ActAs(actingUser);

    private async Task<IReadOnlyList<int>> GiveBackAsync(int serviceId, ServiceOwner before, List<int> changed, CancellationToken cancellationToken)
    {
        // With the engine's own rights: those of the new owner may not be enough.
        List<int> left = [];
        foreach (int vmId in changed)
        {
            try
            {
                await _client.VirtualMachines.ChangeOwnerAsync(vmId, before.UserId, before.GroupId, cancellationToken).ConfigureAwait(false);
            }
            catch (OpenNebulaException)
            {
                left.Add(vmId);
            }
        }

        await _client.Documents.ChangeOwnerAsync(serviceId, before.UserId, before.GroupId, cancellationToken).ConfigureAwait(false);
        return left;
    }

    private async Task TellOfDocumentAsync(EngineRun run, int serviceId, CancellationToken cancellationToken)
    {
        StoredDocument document = await _documents.ReadAsync(serviceId, cancellationToken).ConfigureAwait(false);
        var changed = new DocumentChanged(document.Name, DocumentReading.OwnerOf(document));
        await TellAsync(run, serviceId, changed, cancellationToken).ConfigureAwait(false);
    }
}
