namespace OneEdge.Commands;

/// <summary>How a program ended.</summary>
public sealed record CommandResult
{
    /// <summary>The exit code; 128 and the number of the signal when one ended the program.</summary>
    public required int ExitCode { get; init; }

    /// <summary>What the program wrote, as UTF-8.</summary>
    public required string StandardOutput { get; init; }

    /// <summary>What the program wrote as errors, as UTF-8.</summary>
    public required string StandardError { get; init; }

    /// <summary>How long the program ran.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Whether the middle of <see cref="StandardOutput"/> was left out.</summary>
    public bool IsOutputTruncated { get; init; }

    /// <summary>Whether the middle of <see cref="StandardError"/> was left out.</summary>
    public bool IsErrorTruncated { get; init; }

    /// <summary>Exit code and duration; never the output, which may hold secrets.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FormattableString.Invariant($"exit code {ExitCode} after {Duration.TotalSeconds:0.###} s");
}
