namespace OneEdge.Flow;

/// <summary>The names that OneFlow gives states.</summary>
internal static class StateNames
{
    private static readonly string[] Services =
    [
        "PENDING", "DEPLOYING", "RUNNING", "UNDEPLOYING", "WARNING", "DONE", "FAILED_UNDEPLOYING", "FAILED_DEPLOYING", "SCALING", "FAILED_SCALING", "COOLDOWN",
        "DEPLOYING_NETS", "UNDEPLOYING_NETS", "FAILED_DEPLOYING_NETS", "FAILED_UNDEPLOYING_NETS", "HOLD",
    ];

    private static readonly string[] Messages = [.. Services.Select(name => $"New state: {name}")];

    /// <summary>What the log of a service says of a new state.</summary>
    public static string Message(ServiceState state) => (uint)state < (uint)Messages.Length ? Messages[(int)state] : "New state: UNKNOWN";

    public static string Of(ServiceState state) => (uint)state < (uint)Services.Length ? Services[(int)state] : "UNKNOWN";

    public static string Of(RoleState state) => state == RoleState.Hold ? "HOLD" : (uint)state <= (uint)RoleState.Cooldown ? Services[(int)state] : "UNKNOWN";

    /// <summary>The state of a name; <see langword="null"/> when there is none.</summary>
    public static ServiceState? ServiceStateOf(string name)
    {
        int index = Array.IndexOf(Services, name);
        return index >= 0 ? (ServiceState)index : null;
    }

    /// <inheritdoc cref="ServiceStateOf"/>
    public static RoleState? RoleStateOf(string name)
    {
        if (name == "HOLD") return RoleState.Hold;
        int index = Array.IndexOf(Services, name);
        return index is >= 0 and <= (int)RoleState.Cooldown ? (RoleState)index : null;
    }
}
