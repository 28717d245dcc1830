using OneEdge.Storage.Replicas;

namespace OneEdge.Storage;

/// <summary>
/// A text that others chose, for a log: written as one line, whatever it contains, so that no name can pretend to be another message. It is made only when
/// somebody listens.
/// </summary>
internal readonly struct LogText(object? value)
{
    /// <summary>What an exception says, with its lines joined.</summary>
    public static LogText Of(Exception error) => new(new Joined(error));

    public override string ToString() => PlanText.OneLine(value?.ToString() ?? "");

    private sealed class Joined(Exception error)
    {
        public override string ToString() => string.Join(
            ' ', error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
