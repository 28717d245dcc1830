namespace OneEdge.Host.Tests.Recovery;

/// <summary>Standard output of a command that goes on, for a test that waits for what it says.</summary>
internal sealed class WatchedOutput : StringWriter
{
    private readonly List<(string Text, TaskCompletionSource Seen)> _waiting = [];
    private readonly Lock _lock = new();

    public WatchedOutput() => NewLine = "\n";

    /// <summary>Ends when a line that contains a text was written.</summary>
    public Task Seen(string text)
    {
        lock (_lock)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((text, seen));
            return seen.Task;
        }
    }

    public override void WriteLine(string? value)
    {
        lock (_lock)
        {
            base.WriteLine(value);
            foreach ((string text, TaskCompletionSource seen) in _waiting)
                if (value?.Contains(text, StringComparison.Ordinal) == true) seen.TrySetResult();
        }
    }
}
