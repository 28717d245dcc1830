namespace OneEdge.OpenNebula;

/// <summary>How a run of a hook went.</summary>
public sealed record HookResult : IModel<HookResult>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public HookResult()
    {
    }

    private HookResult(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("COMMAND"u8)) Command = reader.Text();
            else if (reader.Is("STDOUT"u8)) Output64 = reader.Text();
            else if (reader.Is("STDERR"u8)) Error64 = reader.Text();
            else if (reader.Is("CODE"u8)) ExitCode = reader.Int32();
            else reader.Skip();
        }
    }

    /// <summary>The command.</summary>
    public string Command { get; init; } = "";

    /// <summary>What it wrote, in base64.</summary>
    public string Output64 { get; init; } = "";

    /// <summary>What it wrote to its error output, in base64.</summary>
    public string Error64 { get; init; } = "";

    /// <summary>Its exit code.</summary>
    public int ExitCode { get; init; }

    static ReadOnlySpan<byte> IModel<HookResult>.ElementName => "EXECUTION_RESULT"u8;

    static HookResult IModel<HookResult>.Read(ref ModelReader reader) => Read(ref reader);

    internal static HookResult Read(ref ModelReader reader) => new(ref reader);
}
