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
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Timeout.TotalMilliseconds, int.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.FirstPause, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.LongestPause, options.FirstPause);
        return options;
    }
}
