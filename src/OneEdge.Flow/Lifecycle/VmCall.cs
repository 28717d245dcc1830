namespace OneEdge.Flow.Lifecycle;

/// <summary>What is asked of a virtual machine.</summary>
public enum VmCall
{
    /// <summary>To shut down and go.</summary>
    Terminate,

    /// <summary>To go at once.</summary>
    TerminateHard,

    /// <summary>To go whatever its state (<c>recover</c> with <c>delete</c>).</summary>
    Delete,

    /// <summary>To be scheduled.</summary>
    Release,

    /// <summary>To run again.</summary>
    Resume,

    /// <summary>To try again what failed (<c>recover</c> with <c>retry</c>).</summary>
    Retry,
}
