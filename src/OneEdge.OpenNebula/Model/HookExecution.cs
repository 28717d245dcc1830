namespace OneEdge.OpenNebula;

/// <summary>One run of a hook.</summary>
public sealed record HookExecution : IModel<HookExecution>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public HookExecution()
    {
    }

    private HookExecution(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("HOOK_ID"u8)) HookId = reader.Int32();
            else if (reader.Is("EXECUTION_ID"u8)) Id = reader.Int32();
            else if (reader.Is("TIMESTAMP"u8)) Time = reader.Time();
            else if (reader.Is("ARGUMENTS"u8)) Arguments = reader.Text();
            else if (reader.Is("REMOTE_HOST"u8)) RemoteHost = reader.Text();
            else if (reader.Is("RETRY"u8)) IsRetry = reader.YesNo();
            else if (reader.Is("EXECUTION_RESULT"u8)) Result = HookResult.Read(ref reader);
            else reader.Skip();
        }
    }

    /// <summary>The hook.</summary>
    public int HookId { get; init; } = -1;

    /// <summary>The number of the run.</summary>
    public int Id { get; init; } = -1;

    /// <summary>When it was.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>What it was given, as OpenNebula stores it.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>The host it ran on, where it is not the front-end.</summary>
    public string RemoteHost { get; init; } = "";

    /// <summary>Whether somebody asked for it to run again.</summary>
    public bool IsRetry { get; init; }

    /// <summary>How it went.</summary>
    public HookResult? Result { get; init; }

    static ReadOnlySpan<byte> IModel<HookExecution>.ElementName => "HOOK_EXECUTION_RECORD"u8;

    static HookExecution IModel<HookExecution>.Read(ref ModelReader reader) => Read(ref reader);

    internal static HookExecution Read(ref ModelReader reader) => new(ref reader);
}
