using System.Collections.Immutable;

namespace OneEdge.Flow.Elasticity;

/// <summary>What <see cref="Autoscaler"/> decided for a role.</summary>
public sealed record ScaleDecision
{
    /// <summary>How many virtual machines the role is to have; as many as it has when <see cref="Reason"/> is <see cref="ScaleReason.None"/>.</summary>
    public required int Cardinality { get; init; }

    /// <summary>How many that is more than it has; less when negative, zero when nothing is to be done.</summary>
    public required int Difference { get; init; }

    /// <summary>Why.</summary>
    public ScaleReason Reason { get; init; }

    /// <summary>Which policy, from 0; <see langword="null"/> when none says so.</summary>
    public int? PolicyIndex { get; init; }

    /// <summary>How long the policies rest when it has been done; for this time only.</summary>
    public TimeSpan Cooldown { get; init; }

    /// <summary>The elasticity policies with what happened now.</summary>
    public ImmutableArray<ElasticityPolicy> ElasticityPolicies { get; init; } = [];

    /// <summary>The scheduled policies with what happened now.</summary>
    public ImmutableArray<ScheduledPolicy> ScheduledPolicies { get; init; } = [];

    /// <summary>The policies that could not be evaluated or whose time went by.</summary>
    public ImmutableArray<PolicyProblem> Problems { get; init; } = [];

    /// <summary>
    /// The role with its policies as they are now. When the scaling that was decided cannot be done now, keep the role as it was instead: then nothing that
    /// was due is lost.
    /// </summary>
    /// <param name="role">The role that was decided about.</param>
    public Role Apply(Role role)
    {
        ArgumentNullException.ThrowIfNull(role);
        return role with { ElasticityPolicies = ElasticityPolicies, ScheduledPolicies = ScheduledPolicies };
    }
}
