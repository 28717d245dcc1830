namespace OneEdge.OpenNebula.Embedded;

/// <summary>Answers a call; throws <see cref="CallRefusal"/> when it is refused.</summary>
internal delegate RpcValue CloudHandler(CloudCall call);

/// <summary>A method of the cloud.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Signature">The types of its parameters after the session, a letter each: s, i, b, A.</param>
/// <param name="Handler">Answers it.</param>
internal sealed record CloudMethod(string Name, string Signature, CloudHandler Handler)
{
    /// <summary>The parameters that events show as asterisks, besides the session.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [];

    /// <summary>Whether calls of it are published: readings of objects and pools are not (OpenNebula 6.10 source, src/hm/HookAPI.cc).</summary>
    public bool IsPublished { get; } = !Name.EndsWith(".info", StringComparison.Ordinal) && Name != "one.vmpool.infoextended" && !IsOfServerName(Name);

    /// <summary>Whether it has no session, and a plain value for an answer.</summary>
    public bool IsOfServer { get; } = IsOfServerName(Name);

    private static bool IsOfServerName(string name) => name.StartsWith("system.", StringComparison.Ordinal);
}
