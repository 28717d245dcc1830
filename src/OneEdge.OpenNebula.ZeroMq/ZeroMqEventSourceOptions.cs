namespace OneEdge.OpenNebula.ZeroMq;

/// <summary>How the events of a cloud are received.</summary>
public sealed record ZeroMqEventSourceOptions
{
    /// <summary>The largest time span that makes sense here, and that ZeroMQ can count.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The address of the hook manager's publisher, <c>tcp://host:port</c>. A name is looked up once, when the first stream begins.</summary>
    /// <value><c>tcp://localhost:2101</c></value>
    public string Endpoint { get; init; } = "tcp://localhost:2101";

    /// <summary>How long to wait for a connection when a stream begins, before it throws; <see cref="Timeout.InfiniteTimeSpan"/> to wait for ever.</summary>
    /// <value>30 seconds</value>
    public TimeSpan ConnectTimeout
    {
        get;
        init => field = value == Timeout.InfiniteTimeSpan ? value : Checked(value, TimeSpan.FromMilliseconds(1));
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long after a connection or a subscription the gap comes that says it is in force. ZeroMQ does not acknowledge subscriptions, so that time must pass;
    /// events that the publisher drops because it has not read the subscription by then are lost.
    /// </summary>
    /// <value>200 milliseconds</value>
    public TimeSpan SubscriptionDelay
    {
        get;
        init => field = Checked(value, TimeSpan.Zero);
    } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long to wait before connecting again, about; it doubles with each failure.</summary>
    /// <value>100 milliseconds</value>
    public TimeSpan ReconnectDelay
    {
        get;
        init => field = Checked(value, TimeSpan.FromMilliseconds(1));
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time to wait before connecting again.</summary>
    /// <value>10 seconds</value>
    public TimeSpan MaxReconnectDelay
    {
        get;
        init => field = Checked(value, TimeSpan.FromMilliseconds(1));
    } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often a quiet publisher is asked whether it is still there; one that does not answer within the same time counts as
    /// gone, so that a cut cable is noticed.
    /// </summary>
    /// <value>10 seconds; zero: never</value>
    public TimeSpan HeartbeatInterval
    {
        get;
        init => field = Checked(value, TimeSpan.Zero);
    } = TimeSpan.FromSeconds(10);

    /// <summary>The largest frame that is read; a larger one breaks the connection, which comes back with a gap.</summary>
    /// <value>256 MiB</value>
    public int MaxFrameBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 256 << 20;

    /// <summary>How much may wait for one stream.</summary>
    public EventQueueOptions Queue { get; init; } = new();

    private static TimeSpan Checked(TimeSpan value, TimeSpan least)
    {
        if (value < least || value > Longest) throw new ArgumentOutOfRangeException(nameof(value), value, $"It must be from {least} to {Longest}.");
        return value;
    }
}
