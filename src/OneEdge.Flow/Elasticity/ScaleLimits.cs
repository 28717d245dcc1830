namespace OneEdge.Flow.Elasticity;

/// <summary>What somebody may ask of a role.</summary>
internal static class ScaleLimits
{
    /// <summary>Why a role cannot have a number of virtual machines; <see langword="null"/> when it can.</summary>
    /// <param name="role">The role.</param>
    /// <param name="cardinality">The number.</param>
    /// <param name="force">Whether its limits do not matter; a number below zero is refused all the same.</param>
    /// <remarks>The texts are those of OpenNebula.</remarks>
    public static string? Refusal(RoleDefinition role, int cardinality, bool force)
    {
        int min = force ? 0 : Math.Max(role.MinVms ?? 0, 0);
        if (cardinality < min) return FormattableString.Invariant($"Minimum cardinality is {min}");
        return !force && role.MaxVms is { } max && cardinality > max ? FormattableString.Invariant($"Maximum cardinality is {max}") : null;
    }

    /// <summary>What the log of a service says when a role is scaled; OpenNebula calls it down when the number stays.</summary>
    public static string LogMessage(string role, int from, int to) =>
        FormattableString.Invariant($"Role {role} scaling {(to > from ? "up" : "down")} from {from} to {to} nodes");
}
