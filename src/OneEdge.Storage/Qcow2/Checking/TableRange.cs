namespace OneEdge.Storage;

/// <summary>A part of the file that a table takes, in bytes.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends; behind <paramref name="Start"/>.</param>
internal readonly record struct TableRange(long Start, long End);
