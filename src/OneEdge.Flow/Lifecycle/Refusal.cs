namespace OneEdge.Flow.Lifecycle;

/// <summary>Why a request changed nothing.</summary>
/// <param name="Reason">The kind.</param>
/// <param name="Message">The text, as OneFlow has it where it has one.</param>
public sealed record Refusal(RefusalReason Reason, string Message);
