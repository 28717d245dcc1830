namespace OneEdge.OpenNebula;

/// <summary>What the parts of a client share.</summary>
/// <param name="Rpc">What answers the calls.</param>
/// <param name="PageSize">How many objects of a pool are read at once.</param>
/// <param name="Time">The clock of waits.</param>
/// <param name="Events">What happens in the cloud, so that a wait need not go to the end of its pause.</param>
internal sealed record ClientContext(IOpenNebulaRpc Rpc, int PageSize, TimeProvider Time, IEventSource? Events);
