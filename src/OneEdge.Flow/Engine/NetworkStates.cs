using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>What states of virtual networks mean for a service.</summary>
internal static class NetworkStates
{
    // A change that did not reach every machine leaves a network that can be used.
    public static NetworkCondition ConditionOf(VirtualNetworkState state) => state switch
    {
        VirtualNetworkState.Ready or VirtualNetworkState.UpdateFailure => NetworkCondition.Ready,
        VirtualNetworkState.Error => NetworkCondition.Failed,
        VirtualNetworkState.Done => NetworkCondition.Gone,
        _ => NetworkCondition.Busy,
    };
}
