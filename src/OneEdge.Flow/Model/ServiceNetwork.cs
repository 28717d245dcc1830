namespace OneEdge.Flow;

/// <summary>A network of a service (an element of <c>networks_values</c>).</summary>
public sealed record ServiceNetwork
{
    /// <summary>The name that the roles use.</summary>
    public required string Name { get; init; }

    /// <summary>Where it comes from.</summary>
    public required NetworkKind Kind { get; init; }

    /// <summary>The id of the network template, or of the network that it is reserved from; <see langword="null"/> for one that is there already.</summary>
    public int? Source { get; init; }

    /// <summary>More template text for it.</summary>
    public string? Extra { get; init; }

    /// <summary>The id of the network; <see langword="null"/> before it is made.</summary>
    public int? NetworkId { get; init; }

    /// <summary>How it is, as far as the engine knows; not in the document.</summary>
    public NetworkCondition Condition { get; init; }

    /// <summary>Whether it was ordered and nothing was heard of it yet; not in the document.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Whether its deletion was asked for.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>What the cloud said when it refused to make or delete it.</summary>
    public string? Error { get; init; }

    /// <summary>Everything its document says of it; empty for one that is new.</summary>
    public FlowMembers Members { get; init; }

    /// <summary>Whether the service has to delete it at its end.</summary>
    public bool IsOwned => Kind != NetworkKind.Existing;
}
