namespace OneEdge.Storage.Replicas;

/// <summary>A finished step.</summary>
/// <param name="Index">Its place in the plan, from 0.</param>
/// <param name="Subject">How it left the subject of the plan; one line.</param>
public sealed record TransferJournalEntry(int Index, string Subject);
