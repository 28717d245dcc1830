namespace OneEdge.Flow.Lifecycle;

/// <summary>A network of a service as the cloud showed it.</summary>
/// <param name="Name">The name that the roles use.</param>
/// <param name="NetworkId">Its id.</param>
/// <param name="Condition">How it is.</param>
public sealed record NetworkObservation(string Name, int NetworkId, NetworkCondition Condition);
