namespace OneEdge.Flow;

/// <summary>What the state of a virtual machine means for its role.</summary>
public enum VmCondition
{
    /// <summary>Not seen yet.</summary>
    Unseen,

    /// <summary>On its way: waits for a host, is copied, boots, migrates, is changed.</summary>
    Busy,

    /// <summary>On hold, before it was ever scheduled.</summary>
    Held,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Is there and does not run: powered off, suspended, stopped, undeployed, or its host does not answer.</summary>
    Halted,

    /// <summary>Something failed that somebody has to recover.</summary>
    Failed,

    /// <summary>Is being terminated.</summary>
    Stopping,

    /// <summary>Gone for good.</summary>
    Gone,
}
