using System.Collections.Immutable;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Lifecycle;

/// <summary>Something that somebody wants of a service. It is granted, or refused and changes nothing.</summary>
public abstract record ServiceRequest : ServiceEvent
{
    private protected ServiceRequest()
    {
    }
}

/// <summary>The service shall go, with everything that belongs to it. Granted in every state, also twice.</summary>
public sealed record UndeployRequested : ServiceRequest;

/// <summary>What failed shall be tried again, or given up.</summary>
/// <param name="Mode">How.</param>
public sealed record RecoverRequested(RecoveryMode Mode = RecoveryMode.Retry) : ServiceRequest;

/// <summary>A role shall have another number of virtual machines.</summary>
/// <param name="RoleName">The role.</param>
/// <param name="Cardinality">The number.</param>
/// <param name="IsForced">Whether it may be out of the limits of the role.</param>
/// <param name="Cooldown">How long the policies of the role rest afterwards; <see langword="null"/> for what the role says.</param>
public sealed record ScaleRequested(string RoleName, int Cardinality, bool IsForced = false, TimeSpan? Cooldown = null) : ServiceRequest;

/// <summary>The policies of a role were evaluated. Refused, with their history unchanged, when a scaling follows and the role cannot be scaled now.</summary>
/// <param name="RoleName">The role.</param>
/// <param name="ElasticityPolicies">Its elasticity policies with their new history.</param>
/// <param name="ScheduledPolicies">Its scheduled policies with their new history.</param>
/// <param name="Scale">The scaling that follows; usually <see langword="null"/>.</param>
public sealed record PoliciesEvaluated(
    string RoleName, ImmutableArray<ElasticityPolicy> ElasticityPolicies, ImmutableArray<ScheduledPolicy> ScheduledPolicies, ScaleRequested? Scale = null)
    : ServiceRequest;

/// <summary>The service shall have one more role.</summary>
/// <param name="Role">The role, as it is before anything was done with it.</param>
public sealed record AddRoleRequested(Role Role) : ServiceRequest;

/// <summary>A role shall go. With the last one the service goes.</summary>
/// <param name="RoleName">The role.</param>
public sealed record RemoveRoleRequested(string RoleName) : ServiceRequest;

/// <summary>The virtual machines that were created on hold shall be deployed.</summary>
public sealed record ReleaseRequested : ServiceRequest;

/// <summary>Something shall be done with the virtual machines of a role, or of all roles, now or one group after the other.</summary>
/// <param name="RoleName">The role; <see langword="null"/> for all.</param>
/// <param name="Action">The name of the action, as OpenNebula has it.</param>
/// <param name="Arguments">Its arguments; <see langword="null"/> for none.</param>
/// <param name="Period">The time between two groups; <see langword="null"/> for all at once.</param>
/// <param name="Number">The number of virtual machines of a group; <see langword="null"/> for all at once.</param>
public sealed record RoleActionRequested(string? RoleName, string Action, string? Arguments = null, TimeSpan? Period = null, int? Number = null)
    : ServiceRequest;

/// <summary>What the service should be was changed: policies, limits, texts; not what it is.</summary>
/// <param name="Service">The service as it should be. Only definitions, cardinality limits and policies are taken from it.</param>
public sealed record DefinitionChanged(Service Service) : ServiceRequest;

/// <summary>The document was given a name or an owner.</summary>
/// <param name="Name">The name.</param>
/// <param name="Owner">The owner.</param>
public sealed record DocumentChanged(string Name, ServiceOwner Owner) : ServiceRequest;
