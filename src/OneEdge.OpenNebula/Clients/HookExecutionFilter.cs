namespace OneEdge.OpenNebula;

/// <summary>Which runs of hooks.</summary>
public enum HookExecutionFilter
{
    /// <summary>Those that failed.</summary>
    Failed = -1,

    /// <summary>All.</summary>
    All = 0,

    /// <summary>Those that succeeded.</summary>
    Succeeded = 1,
}
