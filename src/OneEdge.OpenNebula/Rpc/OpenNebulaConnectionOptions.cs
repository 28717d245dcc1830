namespace OneEdge.OpenNebula;

/// <summary>How a connection calls the server.</summary>
public sealed class OpenNebulaConnectionOptions
{
    /// <summary>The address of the server.</summary>
    /// <value><c>http://localhost:2633/RPC2</c></value>
    public OpenNebulaEndpoint Endpoint { get; set; } = OpenNebulaEndpoint.Local;

    /// <summary>How many calls run at once; further ones wait in the order in which they came. The server works on 15 and queues 15 more.</summary>
    /// <value>15</value>
    public int MaxConcurrentCalls { get; set; } = 15;

    /// <summary>How long a call may take from the moment it is sent, its answer included; waiting for its turn does not count.</summary>
    /// <value>60 seconds</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest answer that is read.</summary>
    /// <value>256 MiB</value>
    public int MaxAnswerBytes { get; set; } = 256 << 20;

    /// <summary>How often a call that only reads is sent again when the failure may pass. Other calls are never sent again.</summary>
    /// <value>2</value>
    public int ReadRetries { get; set; } = 2;

    /// <summary>The time before the first retry, about; it doubles with each and is spread by chance, so that callers do not come back all at once.</summary>
    /// <value>200 milliseconds</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Gives numbers from 0 to 1 that spread retries.</summary>
    /// <value><see langword="null"/>: by chance</value>
    public Func<double>? Jitter { get; set; }

    /// <summary>How many calls of <see cref="OpenNebulaConnection.ReadManyAsync"/> share a round trip.</summary>
    /// <value>100</value>
    public int MaxCallsPerBatch { get; set; } = 100;

    /// <summary>A copy of options that can be used.</summary>
    /// <exception cref="ArgumentException">An option has a value that makes no sense.</exception>
    internal static OpenNebulaConnectionOptions Checked(OpenNebulaConnectionOptions? options)
    {
        if (options is null) return new OpenNebulaConnectionOptions();
        if (options.Wrong() is { } wrong) throw new ArgumentException($"The option {wrong} is out of its range.", nameof(options));
        return (OpenNebulaConnectionOptions)options.MemberwiseClone();
    }

    /// <summary>The same options for another server.</summary>
    internal OpenNebulaConnectionOptions At(OpenNebulaEndpoint endpoint)
    {
        var copy = (OpenNebulaConnectionOptions)MemberwiseClone();
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
        return MaxCallsPerBatch < 1 ? nameof(MaxCallsPerBatch) : null;
    }
}
