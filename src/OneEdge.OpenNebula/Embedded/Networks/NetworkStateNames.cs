namespace OneEdge.OpenNebula.Embedded;

/// <summary>The names of the states of networks.</summary>
internal static class NetworkStateNames
{
    private static readonly string[] Names = ["INIT", "READY", "LOCK_CREATE", "LOCK_DELETE", "DONE", "ERROR", "UPDATE_FAILURE"];

    public static string Of(NetworkState state) => Names[(int)state];

    /// <summary>The state of a name in any case; INIT when there is none.</summary>
    public static NetworkState Parse(string name) => (NetworkState)Math.Max(0, Array.IndexOf(Names, name.ToUpperInvariant()));
}
