namespace OneEdge.Storage.Replicas;

/// <summary>How one host reaches another to send it data.</summary>
/// <param name="Address">The name or address for <c>ssh</c>.</param>
/// <param name="SshArguments">More options of <c>ssh</c>, word by word.</param>
public sealed record CopyRoute(string Address, IReadOnlyList<string> SshArguments);
