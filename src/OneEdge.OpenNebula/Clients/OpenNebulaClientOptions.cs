namespace OneEdge.OpenNebula;

/// <summary>How a client works.</summary>
public sealed class OpenNebulaClientOptions
{
    /// <summary>How many objects of a pool are read at once, at least 2. A machine takes about 1.5 KB of memory in the short form and 5 KB in full.</summary>
    /// <value>500</value>
    public int PageSize { get; set; } = 500;

    /// <summary>The events of the same cloud: with them, waits need not sleep to the end of their pauses.</summary>
    /// <value><see langword="null"/>: waits look again and again.</value>
    public IEventSource? Events { get; set; }

    internal static ClientContext ContextOf(OpenNebulaClientOptions options, IOpenNebulaRpc rpc, TimeProvider? time)
    {
        if (options.PageSize < 2) throw new ArgumentException($"{nameof(PageSize)} must be at least 2.", nameof(options));
        return new ClientContext(rpc, options.PageSize, time ?? TimeProvider.System, options.Events);
    }
}
