namespace OneEdge.Testing;

/// <summary>
/// What looks at the memory of the process runs alone: tests beside it take buffers out of the pools that it shares with them, and its own next one is new.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
