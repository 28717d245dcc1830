namespace OneEdge.Config;

/// <summary>The result of applying a plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="IsSaved">Whether files were written, or already had the wanted text.</param>
/// <param name="Reason">Why nothing was saved; <see langword="null"/> when it was.</param>
/// <param name="Backup">The backup of the files that were written; <see langword="null"/> when no file was.</param>
public sealed record PatchResult(PatchPlan Plan, bool IsSaved, string? Reason, ConfigBackup? Backup);
