namespace OneEdge.Samples.Flow;

/// <summary>Something was not as it is told.</summary>
internal sealed class StoryException(string message) : Exception(message);
