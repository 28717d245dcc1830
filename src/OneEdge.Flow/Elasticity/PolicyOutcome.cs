namespace OneEdge.Flow.Elasticity;

/// <summary>What came of the evaluation of a policy.</summary>
/// <param name="Policy">The policy with what happened now.</param>
/// <param name="Difference">How many virtual machines it wants more; less when negative.</param>
/// <param name="Problem">Why it could not be evaluated, or did not act although its time came; usually <see langword="null"/>.</param>
internal readonly record struct PolicyOutcome<TPolicy>(TPolicy Policy, int Difference, string? Problem = null)
    where TPolicy : class;
