using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>How a OneFlow server works. They are not looked at again once the first request came.</summary>
public sealed class OneFlowServerOptions
{
    /// <summary>
    /// Makes a client that acts as a caller, of the name and the password (or login token, or delegation) that came with the request. What it is not
    /// allowed to do, the caller is not: every request asks the cloud with it. It is called once for each caller and kept for a while.
    /// </summary>
    /// <value>
    /// <see langword="null"/>: the <see cref="EmbeddedCloud"/> among the services; when there is none, a connection with the settings of
    /// <c>AddOneEdgeOpenNebula</c>.
    /// </value>
    public Func<OpenNebulaCredentials, IOpenNebulaClient>? Connect { get; set; }

    /// <summary>Who this server is, for other programs that change the same documents: 1 to 160 letters, digits and <c>. _ : -</c>.</summary>
    /// <value><c>oneflow-server-</c> and a random text.</value>
    public string Name { get; set; } = $"oneflow-server-{Guid.NewGuid():N}";

    /// <summary>How long it is remembered who came with some credentials. What the caller may do is asked anew for each request.</summary>
    /// <value>60 seconds, as OneFlow.</value>
    public TimeSpan CallerLifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many callers are remembered at once; the one who came longest ago is forgotten first.</summary>
    /// <value>1,000</value>
    public int MaxCallers { get; set; } = 1000;

    /// <summary>The largest body of a request that is read, in bytes; more is refused with 413.</summary>
    /// <value>4 MiB</value>
    public int MaxRequestBodyBytes { get; set; } = 4 << 20;

    /// <summary>How deep objects and lists in a body may nest; deeper ones are refused with 400.</summary>
    /// <value>64</value>
    public int MaxRequestDepth { get; set; } = 64;

    /// <summary>How templates and roles are checked that are sent here.</summary>
    /// <value>The defaults of <see cref="ServiceTemplateOptions"/>.</value>
    public ServiceTemplateOptions Templates { get; set; } = ServiceTemplateOptions.Default;

    /// <summary>The time between two groups of virtual machines that an action is planned for, when a request does not say it (<c>action_period</c>).</summary>
    /// <value>60 seconds, as OneFlow.</value>
    public TimeSpan ActionPeriod { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The number of virtual machines of such a group, when a request does not say it (<c>action_number</c>).</summary>
    /// <value>1, as OneFlow.</value>
    public int ActionNumber { get; set; } = 1;

    /// <summary>How many streams of events are open at once; further ones are refused with 503.</summary>
    /// <value>1,000</value>
    public int MaxEventStreams { get; set; } = 1000;

    /// <summary>How long a stream of events is silent before a comment is sent through it.</summary>
    /// <value>15 seconds</value>
    public TimeSpan EventHeartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a stream of events lasts. Then it ends, and whoever comes again has to show that it is allowed to.</summary>
    /// <value>1 hour</value>
    public TimeSpan EventStreamLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a reader of events may take nothing before its connection is cut.</summary>
    /// <value>30 seconds</value>
    public TimeSpan EventWriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the cloud may take to answer when it is asked whether it is there.</summary>
    /// <value>5 seconds</value>
    public TimeSpan HealthTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long that answer is taken for true, so that nobody keeps the cloud busy with such questions.</summary>
    /// <value>5 seconds</value>
    public TimeSpan HealthLifetime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether every path that nothing else answers is answered here as OneFlow does, with 401 or 404. Turn it off when an application has more below the
    /// same prefix than endpoints.
    /// </summary>
    /// <value><see langword="true"/></value>
    public bool AnswersUnknownPaths { get; set; } = true;

    internal static OneFlowServerOptions Checked(OneFlowServerOptions options)
    {
        if (options.Wrong() is not { } wrong) return (OneFlowServerOptions)options.MemberwiseClone();
        throw new ArgumentException($"The option {nameof(OneFlowServerOptions)}.{wrong} is out of its range.", nameof(options));
    }

    private string? Wrong()
    {
        if (Name is not { Length: > 0 and <= 160 } || !Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '-')) return nameof(Name);
        if (CallerLifetime <= TimeSpan.Zero) return nameof(CallerLifetime);
        if (MaxCallers < 1) return nameof(MaxCallers);
        if (MaxRequestBodyBytes < 1) return nameof(MaxRequestBodyBytes);
        if (MaxRequestDepth is < 1 or > 1000) return nameof(MaxRequestDepth);
        if (Templates is null) return nameof(Templates);
        if (ActionPeriod < TimeSpan.Zero) return nameof(ActionPeriod);
        if (ActionNumber < 0) return nameof(ActionNumber);
        if (MaxEventStreams < 0) return nameof(MaxEventStreams);
        if (!IsTimer(EventHeartbeat)) return nameof(EventHeartbeat);
        if (!IsTimer(EventStreamLifetime)) return nameof(EventStreamLifetime);
        if (!IsTimer(EventWriteTimeout)) return nameof(EventWriteTimeout);
        if (!IsTimer(HealthTimeout)) return nameof(HealthTimeout);
        return HealthLifetime < TimeSpan.Zero ? nameof(HealthLifetime) : null;
    }

    private static bool IsTimer(TimeSpan time) => time > TimeSpan.Zero && time.TotalMilliseconds < int.MaxValue;
}
