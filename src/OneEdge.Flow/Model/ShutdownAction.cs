namespace OneEdge.Flow;

/// <summary>How virtual machines are shut down (<c>shutdown_action</c>); the old names <c>shutdown</c> and <c>shutdown-hard</c> mean the first.</summary>
public enum ShutdownAction
{
    /// <summary>The guest is asked to shut down (<c>terminate</c>).</summary>
    Terminate,

    /// <summary>The guest is not asked (<c>terminate-hard</c>).</summary>
    TerminateHard,
}
