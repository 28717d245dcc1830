using System.Collections.Immutable;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow;

/// <summary>A role of a service: what it should be, and how it is.</summary>
public sealed record Role
{
    /// <summary>What the template says.</summary>
    public required RoleDefinition Definition { get; init; }

    /// <summary>How many virtual machines are wanted.</summary>
    public required int Cardinality { get; init; }

    /// <summary>What is being done with it.</summary>
    public RoleActivity Activity { get; init; }

    /// <summary>The state that follows from the activity and the virtual machines.</summary>
    public RoleState State { get; init; }

    /// <summary>Its virtual machines, oldest first.</summary>
    public ImmutableArray<RoleNode> Nodes { get; init; } = [];

    /// <summary>The number that the next virtual machine gets in its name (<c>last_vmname</c>); never used twice.</summary>
    public int NextVmNumber { get; init; }

    /// <summary>The numbers of virtual machines that were ordered and of which nothing was heard yet; not in the document.</summary>
    public ImmutableArray<int> Ordered { get; init; } = [];

    /// <summary>Whether its virtual machines are created on hold; false again once they were released.</summary>
    public bool OnHold { get; init; }

    /// <summary>How long its policies rest after the scaling that goes on; <see langword="null"/> when it is not scaled.</summary>
    public TimeSpan? ScaleCooldown { get; init; }

    /// <summary>When its policies may act again; <see langword="null"/> when they may.</summary>
    public DateTimeOffset? CooldownEnd { get; init; }

    /// <summary>Whether it is being taken out of its service.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>Why no further virtual machines are created until somebody recovers the service; usually <see langword="null"/>.</summary>
    public string? Error { get; init; }

    /// <summary>Its elasticity policies, with their history.</summary>
    public ImmutableArray<ElasticityPolicy> ElasticityPolicies { get; init; } = [];

    /// <summary>Its scheduled policies, with their history.</summary>
    public ImmutableArray<ScheduledPolicy> ScheduledPolicies { get; init; } = [];

    /// <summary>The name.</summary>
    public string Name => Definition.Name;
}
