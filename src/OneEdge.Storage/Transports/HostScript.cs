namespace OneEdge.Storage;

/// <summary>
/// A script for bash on a host. Its text is constant; whatever varies reaches it as positional parameters (<c>$1</c>, <c>$2</c>...), byte for byte, and is
/// never part of the
/// text, so that no name can become a command.
/// </summary>
public sealed record HostScript
{
    /// <summary>Names a script.</summary>
    /// <param name="name">What it does, in a word, for messages and logs.</param>
    /// <param name="text">The text, for bash; a constant.</param>
    /// <param name="arguments">The positional parameters; without NUL.</param>
    public HostScript(string name, string text, params IEnumerable<string> arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(text);
        ArgumentNullException.ThrowIfNull(arguments);
        (Name, Text, Arguments) = (name, text, [.. arguments]);
        if (Arguments.Any(argument => argument.Contains('\0', StringComparison.Ordinal))) throw new ArgumentException(
            "An argument contains NUL.", nameof(arguments));
    }

    /// <summary>What it does, in a word.</summary>
    public string Name { get; }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The positional parameters.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The exit codes that are no failure; empty accepts every one but 255.</summary>
    /// <value>0 alone unless set.</value>
    public IReadOnlyList<int> AcceptedExitCodes { get; init; } = [0];

    /// <summary>How long it may run.</summary>
    /// <value>For ever unless set.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Whether the script opens connections to other hosts as the user of the caller: the SSH agent goes with it, and no shared connection is used.
    /// </summary>
    public bool ForwardsAgent { get; init; }

    /// <summary>The script for people.</summary>
    public override string ToString() => Arguments.Count == 0 ? Name : $"{Name} {string.Join(' ', Arguments.Select(ShellWord.Quote))}";
}
