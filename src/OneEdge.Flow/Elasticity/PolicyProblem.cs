namespace OneEdge.Flow.Elasticity;

/// <summary>Why a policy did not do what it should.</summary>
/// <param name="Kind">Whether it is a scheduled or an elasticity policy.</param>
/// <param name="Index">Which one of the role, from 0.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record PolicyProblem(ScaleReason Kind, int Index, string Message);
