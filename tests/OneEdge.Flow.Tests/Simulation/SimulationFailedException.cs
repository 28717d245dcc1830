namespace OneEdge.Flow.Tests.Simulation;

/// <summary>An invariant did not hold.</summary>
internal sealed class SimulationFailedException(string message) : Exception(message);
