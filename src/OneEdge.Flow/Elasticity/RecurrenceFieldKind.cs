namespace OneEdge.Flow.Elasticity;

/// <summary>What a field of a recurrence counts.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="First">The least number.</param>
/// <param name="Last">The greatest number.</param>
internal sealed record RecurrenceFieldKind(string Name, int First, int Last);
