namespace OneEdge.OpenNebula;

/// <summary>How a cloud is polled.</summary>
public sealed record PollingEventSourceOptions
{
    /// <summary>How long to wait between one reading and the next.</summary>
    /// <value>5 seconds</value>
    public TimeSpan Interval
    {
        get;
        init
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1))
                throw new ArgumentOutOfRangeException(nameof(value), value, "The interval is longer than nothing and at most a day.");
            field = value;
        }
    } = TimeSpan.FromSeconds(5);
}
