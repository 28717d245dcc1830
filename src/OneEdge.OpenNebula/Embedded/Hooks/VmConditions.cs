namespace OneEdge.OpenNebula.Embedded;

/// <summary>The states of machines that hooks wait for.</summary>
internal static class VmConditions
{
    private static readonly Dictionary<string, (string State, string Lcm)> Named = new(StringComparer.Ordinal)
    {
        ["PROLOG"] = ("ACTIVE", "PROLOG"),
        ["RUNNING"] = ("ACTIVE", "RUNNING"),
        ["SHUTDOWN"] = ("ACTIVE", "EPILOG"),
        ["STOP"] = ("STOPPED", "LCM_INIT"),
        ["DONE"] = ("DONE", "LCM_INIT"),
        ["UNKNOWN"] = ("ACTIVE", "UNKNOWN"),
    };

    public static (string State, string Lcm)? Find(string condition) => Named.TryGetValue(condition, out (string, string) found) ? found : null;
}
