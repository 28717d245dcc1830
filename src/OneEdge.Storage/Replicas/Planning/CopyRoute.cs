namespace OneEdge.Storage.Replicas;

/// <summary>How one host reaches another for a copy.</summary>
/// <param name="Address">The name or address for <c>ssh</c>.</param>
/// <param name="SshArguments">More options of <c>ssh</c>, word by word.</param>
public sealed record CopyRoute(string Address, IReadOnlyList<string> SshArguments)
{
    /// <summary>Whether the destination fetches the data from <see cref="Address"/>, because the source has no way to it: a front-end need not let its
    /// hypervisors in.</summary>
    /// <value><see langword="false"/> unless set: the source sends them to <see cref="Address"/>.</value>
    public bool IsFetched { get; init; }
}
