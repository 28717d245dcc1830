namespace OneEdge.OpenNebula;

/// <summary>How long and how often to look for a state.</summary>
public sealed record WaitOptions
{
    /// <summary>How long to wait at most.</summary>
    /// <value>10 minutes</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The pause after the first look; each pause is twice the one before.</summary>
    /// <value>250 milliseconds</value>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause.</summary>
    /// <value>10 seconds</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    internal static WaitOptions Checked(WaitOptions? options)
    {
        options ??= new WaitOptions();
        bool isUsable = options.Timeout > TimeSpan.Zero && options.Timeout.TotalMilliseconds <= int.MaxValue
            && options.FirstPause > TimeSpan.Zero && options.LongestPause >= options.FirstPause && options.LongestPause.TotalMilliseconds <= int.MaxValue;
        if (!isUsable) throw new ArgumentException("The time-out and the pauses must be positive, and the longest pause not shorter than the first.", nameof(options));
        return options;
    }
}
