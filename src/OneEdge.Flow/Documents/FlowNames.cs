using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Documents;

/// <summary>The texts that documents have for values.</summary>
internal static class FlowNames
{
    private static readonly string[] Terminations = ["none", "wanted", "asked", "asked_hard", "asked_delete", "refused"];

    private static readonly string[] Activities =
        ["waiting", "holding", "deploying", "serving", "scaling_up", "scaling_down", "cooling_down", "undeploying", "done"];

    public static DeploymentStrategy Deployment(string? text) => text == "straight" ? DeploymentStrategy.Straight : DeploymentStrategy.None;

    public static string Text(DeploymentStrategy value) => value == DeploymentStrategy.Straight ? "straight" : "none";

    // Whatever is not terminate-hard acts like terminate; "shutdown-hard" too.
    public static ShutdownAction? Shutdown(string? text) => text switch
    {
        null or "" or "false" => null,
        "terminate-hard" => ShutdownAction.TerminateHard,
        _ => ShutdownAction.Terminate,
    };

    public static string? Text(ShutdownAction? value) => value switch
    {
        null => null,
        ShutdownAction.TerminateHard => "terminate-hard",
        _ => "terminate",
    };

    public static AdjustmentType Adjustment(string? text) => text?.ToUpperInvariant() switch
    {
        "CHANGE" => AdjustmentType.Change,
        "CARDINALITY" => AdjustmentType.Cardinality,
        "PERCENTAGE_CHANGE" => AdjustmentType.PercentageChange,
        _ => AdjustmentType.Unknown,
    };

    public static string? Text(AdjustmentType value) => value switch
    {
        AdjustmentType.Change => "CHANGE",
        AdjustmentType.Cardinality => "CARDINALITY",
        AdjustmentType.PercentageChange => "PERCENTAGE_CHANGE",
        _ => null,
    };

    public static string Text(NodeTermination value) => Terminations[(int)value];

    public static NodeTermination Termination(string? text) => (NodeTermination)Math.Max(0, Array.IndexOf(Terminations, text));

    public static string Text(RoleActivity value) => Activities[(int)value];

    public static RoleActivity? Activity(string? text) => Array.IndexOf(Activities, text) is var index and >= 0 ? (RoleActivity)index : null;

    public static ServiceGoal? Goal(string? text) => text switch { "run" => ServiceGoal.Run, "remove" => ServiceGoal.Remove, _ => null };

    public static string Text(ServiceGoal value) => value == ServiceGoal.Remove ? "remove" : "run";

    public static NetworkKind? Kind(string? text) => text switch
    {
        "existing" => NetworkKind.Existing,
        "template" => NetworkKind.Template,
        "reservation" => NetworkKind.Reservation,
        _ => null,
    };

    public static string Text(NetworkKind value) => value switch
    {
        NetworkKind.Existing => "existing",
        NetworkKind.Template => "template",
        _ => "reservation",
    };
}
