namespace OneEdge.Host.One;

/// <summary>A column of a list.</summary>
/// <param name="Heading">What stands above it.</param>
/// <param name="Cell">What stands in it.</param>
internal sealed record Column<T>(string Heading, Func<T, string> Cell);
