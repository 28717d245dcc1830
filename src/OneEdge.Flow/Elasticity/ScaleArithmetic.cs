namespace OneEdge.Flow.Elasticity;

/// <summary>What an adjustment makes of the number of virtual machines, with the oddities of OpenNebula.</summary>
internal static class ScaleArithmetic
{
    /// <summary>The number that a policy wants.</summary>
    /// <param name="type">How the number changes.</param>
    /// <param name="adjust">By how much, or to which number; <see langword="null"/> changes nothing.</param>
    /// <param name="minStep">The least change of a percentage.</param>
    /// <param name="role">How many there are, and how many there may be.</param>
    /// <remarks>
    /// The limits hold in the direction of the sign of <paramref name="adjust"/> only, and not at all for 0. Without <see cref="RoleScale.MaxVms"/> a role does
    /// not grow, and a percentage that comes to nothing is a step down. <see cref="Within"/> sets that right for what is done in the end.
    /// </remarks>
    public static int NewCardinality(AdjustmentType type, int? adjust, int? minStep, RoleScale role)
    {
        if (adjust is not { } by) return role.Cardinality;
        long wanted = type switch
        {
            AdjustmentType.Change => (long)role.Cardinality + by,
            AdjustmentType.Cardinality => by,
            AdjustmentType.PercentageChange => Percentage(role.Cardinality, by, minStep ?? 0),
            _ => role.Cardinality,
        };
        if (type == AdjustmentType.Unknown) return role.Cardinality;
        if (by > 0) wanted = Math.Min(wanted, Math.Max(role.Cardinality, role.MaxVms ?? 0));
        else if (by < 0) wanted = Math.Max(wanted, role.MinVms ?? 0);
        return (int)Math.Clamp(wanted, int.MinValue, int.MaxValue);
    }

    /// <summary>The number that a role may have which is nearest to one; a role that has more than its greatest number may keep what it has.</summary>
    public static int Within(int cardinality, RoleScale role)
    {
        int most = role.MaxVms is { } max ? Math.Max(max, role.Cardinality) : int.MaxValue;
        return Math.Max(Math.Min(cardinality, most), Math.Max(role.MinVms ?? 0, 0));
    }

    private static long Percentage(int cardinality, int percent, int minStep)
    {
        long hundredfold = (long)cardinality * percent;
        long amount = Math.Max(Math.Max(Math.Abs(hundredfold) / 100, 1), minStep);
        return hundredfold > 0 ? cardinality + amount : cardinality - amount;
    }
}
