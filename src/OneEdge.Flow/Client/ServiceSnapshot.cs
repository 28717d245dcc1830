namespace OneEdge.Flow.Client;

/// <summary>How a service is, as far as one who watches it is told.</summary>
/// <param name="State">Its state.</param>
/// <param name="Roles">Its roles.</param>
internal sealed record ServiceSnapshot(ServiceState State, IReadOnlyList<RoleSnapshot> Roles)
{
    /// <summary>How a service is that was looked at; a body that cannot be read has no roles.</summary>
    public static ServiceSnapshot Of(OneFlowService service) => new(
        service.State,
        service.Service is not { } read ? [] : [.. read.Roles.Select(role => new RoleSnapshot(role.Name, role.State, [.. role.Nodes.Select(n => n.VmId)]))]);
}

/// <summary>How a role is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state.</param>
/// <param name="Machines">The ids of its virtual machines.</param>
internal sealed record RoleSnapshot(string Name, RoleState State, IReadOnlyList<int> Machines);
