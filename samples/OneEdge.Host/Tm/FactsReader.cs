using OneEdge.OpenNebula;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Tm;

/// <summary>Reads the documents that an action needs, and no others.</summary>
internal static class FactsReader
{
    /// <summary>The facts of an action.</summary>
    /// <param name="client">The cloud.</param>
    /// <param name="action">The action.</param>
    /// <param name="words">Its arguments.</param>
    /// <param name="vmId">The virtual machine.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<TransferFacts> ReadAsync(
        OpenNebulaClient client, TmAction action, IReadOnlyList<string> words, int vmId, CancellationToken cancellationToken)
    {
        VirtualMachine vm = await client.VirtualMachines.GetAsync(vmId, cancellationToken: cancellationToken);
        List<Datastore> datastores = [];
        if (action.AsksDatastores)
        {
            IEnumerable<int> ids = new[] { DocumentFacts.Of(vm).SystemDatastoreId, action.DatastoreId(words) }.OfType<int>().Distinct();
            foreach (int id in ids)
            {
                if (await TryGetAsync(() => client.Datastores.GetAsync(id, cancellationToken: cancellationToken)) is { } item) datastores.Add(item);
            }
        }

        TransferFacts facts = DocumentFacts.Of(vm, datastores, []);
        if (facts.ReplicaHost() is null || action.DestinationHost(words) is not { } name) return facts;
        return DocumentFacts.Of(vm, datastores, await FindHostAsync(client, vm, name, cancellationToken) is { } host ? [host] : []);
    }

    private static async Task<OpenNebula.Host?> FindHostAsync(OpenNebulaClient client, VirtualMachine vm, string name, CancellationToken cancellationToken)
    {
        if (vm.Placement is { HostId: >= 0 } placement && placement.HostName == name)
            return await TryGetAsync(() => client.Hosts.GetAsync(placement.HostId, cancellationToken: cancellationToken));
        await foreach (OpenNebula.Host host in client.Hosts.ListAsync(cancellationToken))
        {
            if (host.Name == name) return host;
        }

        return null;
    }

    // What was deleted since has no replica and no other address.
    private static async Task<T?> TryGetAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (OpenNebulaCallException e) when (e.Kind == OpenNebulaErrorKind.NoExists)
        {
            return null;
        }
    }
}
