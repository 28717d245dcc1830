using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>
/// What follows from the states of a document, be it written by the original or by us: only what does not follow is written beside them.
/// </summary>
internal static class Takeover
{
    /// <summary>What is wanted of a service in a state.</summary>
    public static ServiceGoal Goal(ServiceState state) => state is
        ServiceState.Undeploying or ServiceState.FailedUndeploying or ServiceState.UndeployingNetworks or ServiceState.FailedUndeployingNetworks
            ? ServiceGoal.Remove
            : ServiceGoal.Run;

    /// <summary>What is being done with a role in a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="scaleWay"><c>scale_way</c>: 0 for up, 1 for down.</param>
    /// <param name="nodes">How many virtual machines it has.</param>
    /// <param name="cardinality">How many it should have.</param>
    public static RoleActivity Activity(RoleState state, int? scaleWay, int nodes, int cardinality) => state switch
    {
        RoleState.Pending => RoleActivity.Waiting,
        RoleState.Deploying or RoleState.FailedDeploying => RoleActivity.Deploying,
        RoleState.Undeploying or RoleState.FailedUndeploying => RoleActivity.Undeploying,
        RoleState.Done => RoleActivity.Done,
        RoleState.Scaling or RoleState.FailedScaling => scaleWay switch
        {
            0 => RoleActivity.ScalingUp,
            1 => RoleActivity.ScalingDown,
            _ => nodes > cardinality ? RoleActivity.ScalingDown : RoleActivity.ScalingUp,
        },
        RoleState.Cooldown => RoleActivity.CoolingDown,
        RoleState.Hold => RoleActivity.Holding,
        _ => RoleActivity.Serving,
    };

    /// <summary>Why a role in a state stays as it is until somebody recovers its service.</summary>
    public static string? Error(RoleState state) => state switch
    {
        RoleState.FailedDeploying => "The role was left in the state FAILED_DEPLOYING; nothing is created before the service is recovered.",
        RoleState.FailedScaling => "The role was left in the state FAILED_SCALING; nothing is created before the service is recovered.",
        _ => null,
    };

    /// <summary>Whether the virtual machines of a role have been deployed.</summary>
    public static bool IsDeployed(RoleActivity activity) => activity is not
        (RoleActivity.Waiting or RoleActivity.Holding or RoleActivity.Deploying or RoleActivity.ScalingUp);

    /// <summary>
    /// Where a network comes from. Who makes a network writes its id as a number; one that somebody gave is there already whatever else is said.
    /// </summary>
    public static NetworkKind Kind(JsonElement value)
    {
        if (value.TryGetProperty("id"u8, out JsonElement id) && id.ValueKind == JsonValueKind.String && LenientJson.Int(id) is not null)
            return NetworkKind.Existing;
        if (LenientJson.Has(value, "template_id"u8)) return NetworkKind.Template;
        return LenientJson.Has(value, "reserve_from"u8) ? NetworkKind.Reservation : NetworkKind.Existing;
    }
}
