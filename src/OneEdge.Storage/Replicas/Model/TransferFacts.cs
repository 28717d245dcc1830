namespace OneEdge.Storage.Replicas;

/// <summary>What the documents of the cloud say about an action.</summary>
/// <param name="Vm">The virtual machine.</param>
public sealed record TransferFacts(VmFacts Vm)
{
    /// <summary>The datastores that the action and the virtual machine name; one that is missing has no replica.</summary>
    public IReadOnlyList<DatastoreFacts> Datastores { get; init; } = [];

    /// <summary>The hosts that the action names; of one that is missing nothing is known but its name.</summary>
    public IReadOnlyList<HostFacts> Hosts { get; init; } = [];

    /// <summary>The replica host of a datastore, or <see langword="null"/>.</summary>
    /// <param name="datastoreId">The datastore.</param>
    public string? ReplicaHostOf(int? datastoreId) =>
        Datastores.FirstOrDefault(datastore => datastore.Id == datastoreId)?.ReplicaHost is { Length: > 0 } host ? host : null;

    /// <summary>The replica host of the virtual machine: that of the system datastore in the last record of its history.</summary>
    /// <returns>The host, or <see langword="null"/> when there is no replica.</returns>
    public string? ReplicaHost() => ReplicaHostOf(Vm.SystemDatastoreId);

    /// <summary>Where the replica reaches a host.</summary>
    /// <param name="host">The host.</param>
    public string StorageAddressOf(string host) =>
        Hosts.FirstOrDefault(facts => facts.Name == host)?.ReplicaStorageAddress is { Length: > 0 } address ? address : host;
}
