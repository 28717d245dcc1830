namespace OneEdge.Storage.Recovery;

/// <summary>Where a disk is restored to.</summary>
/// <param name="Host">The hypervisor.</param>
/// <param name="VmDirectory">The directory of the virtual machine there, absolute; made when it is missing.</param>
public sealed record RestoreTarget(string Host, string VmDirectory)
{
    /// <summary>The name or address by which the replica reaches the hypervisor: <c>REPLICA_STORAGE_IP</c>.</summary>
    /// <value>The name of the hypervisor unless set.</value>
    public string? Address { get; init; }

    /// <summary>Whether a disk that is there already is replaced; otherwise that is an error.</summary>
    public bool ReplacesExisting { get; init; }

    /// <summary>How the replica reaches the hypervisor: <c>REPLICA_SSH_OPTS</c> goes into <see cref="SshOptions.Arguments"/>.</summary>
    public SshOptions Ssh { get; init; } = new();
}
