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

    /// <summary>
    /// For how long from the start a state of failure does not end the wait. After a machine was helped out of one (<c>one.vm.recover</c>) it may still be
    /// seen in it: the server answers before the state changes.
    /// </summary>
    /// <value>No time: a failure ends the wait at once</value>
    public TimeSpan FailureGrace { get; init; }

    internal static WaitOptions Checked(WaitOptions? options)
    {
        options ??= new WaitOptions();
        bool isUsable = options.Timeout > TimeSpan.Zero && options.Timeout.TotalMilliseconds <= int.MaxValue
            && options.FirstPause > TimeSpan.Zero && options.LongestPause >= options.FirstPause && options.LongestPause.TotalMilliseconds <= int.MaxValue
            && options.FailureGrace >= TimeSpan.Zero;
        if (isUsable) return options;
        throw new ArgumentException(
            "The time-out and the pauses must be positive, the longest pause not shorter than the first, and the grace not negative.", nameof(options));
    }
}
