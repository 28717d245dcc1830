namespace OneEdge.Flow.Client;

/// <summary>How a client calls the server.</summary>
public sealed class OneFlowClientOptions
{
    /// <summary>The address of the server.</summary>
    /// <value><c>http://localhost:2474</c></value>
    public OneFlowEndpoint Endpoint { get; set; } = OneFlowEndpoint.Local;

    /// <summary>Who calls; needed where the client comes out of services, and not looked at where it is created with credentials.</summary>
    /// <value>Nobody.</value>
    public OneFlowCredentials? Credentials { get; set; }

    /// <summary>How many calls run at once; further ones wait in the order in which they came. Watching does not count.</summary>
    /// <value>16</value>
    public int MaxConcurrentCalls { get; set; } = 16;

    /// <summary>How long a call may take from the moment it is sent, its answer included; waiting for its turn does not count.</summary>
    /// <value>60 seconds</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest answer that is read, and the largest event of one who watches.</summary>
    /// <value>128 MiB</value>
    public int MaxAnswerBytes { get; set; } = 128 << 20;

    /// <summary>How often a call that only reads is sent again when the failure may pass. Other calls are never sent again.</summary>
    /// <value>2</value>
    public int ReadRetries { get; set; } = 2;

    /// <summary>The time before the first retry, about; it doubles with each and is spread by chance, so that callers do not come back all at once.</summary>
    /// <value>200 milliseconds</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Gives numbers from 0 to 1 that spread retries.</summary>
    /// <value><see langword="null"/>: by chance</value>
    public Func<double>? Jitter { get; set; }

    /// <summary>How long one who watches waits before a service is looked at again, where the server does not send what happens, or ceased to.</summary>
    /// <value>2 seconds</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A copy of options that can be used.</summary>
    /// <exception cref="ArgumentException">An option has a value that makes no sense.</exception>
    internal static OneFlowClientOptions Checked(OneFlowClientOptions? options)
    {
        if (options is null) return new OneFlowClientOptions();
        if (options.Wrong() is { } wrong) throw new ArgumentException($"The option {wrong} is out of its range.", nameof(options));
        return (OneFlowClientOptions)options.MemberwiseClone();
    }

    /// <summary>The same options for another server.</summary>
    internal OneFlowClientOptions At(OneFlowEndpoint endpoint)
    {
        var copy = (OneFlowClientOptions)MemberwiseClone();
        copy.Endpoint = endpoint;
        return copy;
    }

    private string? Wrong()
    {
        if (Endpoint is null) return nameof(Endpoint);
        if (MaxConcurrentCalls < 1) return nameof(MaxConcurrentCalls);
        if (Timeout <= TimeSpan.Zero || Timeout.TotalMilliseconds > int.MaxValue) return nameof(Timeout);
        if (MaxAnswerBytes < 1 || MaxAnswerBytes > Array.MaxLength) return nameof(MaxAnswerBytes);
        if (ReadRetries < 0) return nameof(ReadRetries);
        // As Polly has it.
        if (RetryDelay < TimeSpan.Zero || RetryDelay > TimeSpan.FromDays(1)) return nameof(RetryDelay);
        return PollInterval <= TimeSpan.Zero || PollInterval > TimeSpan.FromDays(1) ? nameof(PollInterval) : null;
    }
}
