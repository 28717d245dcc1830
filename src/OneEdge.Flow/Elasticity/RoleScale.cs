namespace OneEdge.Flow.Elasticity;

/// <summary>What policies need to know about a role.</summary>
/// <param name="Cardinality">How many virtual machines are wanted.</param>
/// <param name="MinVms">The least number; <see langword="null"/> for none.</param>
/// <param name="MaxVms">The greatest number; <see langword="null"/> for none.</param>
/// <param name="Cooldown">How many seconds its policies rest; <see langword="null"/> for the default.</param>
internal readonly record struct RoleScale(int Cardinality, int? MinVms, int? MaxVms, int? Cooldown = null)
{
    /// <summary>That of a role.</summary>
    public static RoleScale Of(Role role) => new(role.Cardinality, role.Definition.MinVms, role.Definition.MaxVms, role.Definition.Cooldown);
}
