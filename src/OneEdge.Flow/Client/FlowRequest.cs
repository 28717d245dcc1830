namespace OneEdge.Flow.Client;

/// <summary>A request of the REST API.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, relative to the address of the server.</param>
/// <param name="What">What is asked for, for messages: <c>scale service 103</c>.</param>
internal sealed record FlowRequest(HttpMethod Method, string Path, string What)
{
    /// <summary>The service or template that it is about.</summary>
    public int? ObjectId { get; init; }

    /// <summary>What is sent: JSON, UTF-8.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Whether an answer without a word means that nothing was done, as the original does with templates.</summary>
    public bool IsTemplateAction { get; init; }

    /// <summary>Whether it only reads, and may be sent again.</summary>
    public bool IsRead => Method == HttpMethod.Get;

    /// <summary>The method and the path; never what is sent.</summary>
    public override string ToString() => $"{Method} /{Path}";
}
